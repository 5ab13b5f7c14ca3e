package io.progress.sse;

/**
 * A step of a plan.
 *
 * @param name as it will be passed to {@link ProgressReporter#phase(String)}
 * @param weight its share of the whole, relative to the weights of the other steps;
 * greater than 0
 */
public record Phase(String name, double weight) {

	/**
	 * Checks the weight.
	 * @throws IllegalArgumentException if the weight is not a finite number above 0
	 */
	public Phase {
		if (!(weight > 0) || Double.isInfinite(weight)) {
			throw new IllegalArgumentException(
					"'weight' must be a finite number above 0, but phase '" + name + "' has " + weight);
		}
	}

	/**
	 * A step as heavy as any other of weight 1.
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
