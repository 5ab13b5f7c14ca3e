package io.progress.sse;

/**
 * A step of a plan.
 *
 * @param name as it will be passed to {@link ProgressReporter#phase(String)}
 * @param weight its share of the whole, relative to the weights of the other steps; at
 * least 0, and not 0 for all. A plan with a weight that is negative or not finite is
 * ignored, see {@link ProgressReporter#plan}
 */
public record Phase(String name, double weight) {

	/**
	 * A step of weight 1.
	 * @param name its name
	 * @return the step
	 */
	public static Phase of(String name) {
		return new Phase(name, 1);
	}

	/**
	 * A step.
	 * @param name its name
	 * @param weight its share
	 * @return the step
	 */
	public static Phase of(String name, double weight) {
		return new Phase(name, weight);
	}

}
