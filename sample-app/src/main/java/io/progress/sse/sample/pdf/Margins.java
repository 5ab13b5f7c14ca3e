package io.progress.sse.sample.pdf;

/**
 * What stays empty around a page, in millimetres.
 */
record Margins(double top, double right, double bottom, double left) {

	private static final double MAX = 60;

	private static final double DEFAULT = 20;

	static Margins parse(JsonFields fields) {
		Margins margins = new Margins(side(fields, "top"), side(fields, "right"), side(fields, "bottom"),
				side(fields, "left"));
		fields.refuseOthers();
		return margins;
	}

	private static double side(JsonFields fields, String name) {
		return fields.number(name, 0, MAX, DEFAULT);
	}

}
