package io.progress.sse.web;

/**
 * A job was to be started by a request that says something impossible about it.
 */
final class RefusedSubmissionException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Problem problem;

	RefusedSubmissionException(Problem problem) {
		super("The request cannot start a job: " + problem.detail(), null, false, false);
		this.problem = problem;
	}

	Problem problem() {
		return this.problem;
	}

}
