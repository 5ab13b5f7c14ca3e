package io.progress.sse.batch;

import java.util.List;

/**
 * A part of a job that viewers see as one phase: a step, or the steps of a split, which
 * run at the same time.
 *
 * @param name the name of the phase
 * @param steps the names of its steps
 */
record Stage(String name, List<String> steps) {

	/** A name longer than this hides more than it tells. */
	private static final int NAMED_STEPS = 4;

	static Stage of(List<String> steps) {
		String name = String.join(" + ", steps.subList(0, Math.min(NAMED_STEPS, steps.size())));
		return new Stage((steps.size() > NAMED_STEPS) ? name + " + …" : name, List.copyOf(steps));
	}

}
