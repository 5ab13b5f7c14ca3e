package io.progress.sse.web;

/**
 * Thrown when a request starts a job with invalid headers, such as a malformed id. The
 * endpoints' filters answer it with a problem.
 */
public final class RefusedSubmissionException extends RuntimeException {

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
