package io.progress.sse.sample.pdf;

/**
 * Sizes of paper, upright, in millimetres.
 */
enum PageSize {

	A3(297, 420), A4(210, 297), A5(148, 210), LETTER(215.9, 279.4), LEGAL(215.9, 355.6);

	private final double width;

	private final double height;

	PageSize(double width, double height) {
		this.width = width;
		this.height = height;
	}

	double width() {
		return this.width;
	}

	double height() {
		return this.height;
	}

}
