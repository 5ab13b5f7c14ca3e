package io.progress.sse.web;

import io.progress.sse.support.Texts;

/**
 * Thrown when a request for a list of jobs is invalid, or when the caller may not see the
 * list.
 */
final class RefusedListException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** Longer values are cut. */
	private static final int MAX_VALUE = 64;

	private final transient Problem problem;

	private RefusedListException(Problem problem) {
		super(problem.detail(), null, false, false);
		this.problem = problem;
	}

	static RefusedListException malformed(String parameter, String rule, String value) {
		String detail = "'" + parameter + "' must be " + rule + ", but is '" + Texts.line(value, MAX_VALUE) + "'";
		return new RefusedListException(
				Problem.of(Problem.Kind.MALFORMED_REQUEST, detail).with("parameter", parameter));
	}

	static RefusedListException noList(String detail) {
		return new RefusedListException(Problem.of(Problem.Kind.NO_JOB_LIST, detail));
	}

	Problem problem() {
		return this.problem;
	}

}
