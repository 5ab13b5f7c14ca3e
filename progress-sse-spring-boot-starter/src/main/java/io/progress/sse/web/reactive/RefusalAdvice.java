package io.progress.sse.web.reactive;

import org.springframework.core.Ordered;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

import io.progress.sse.DuplicateJobException;
import io.progress.sse.web.Problem;
import io.progress.sse.web.RefusedSubmissionException;
import io.progress.sse.web.controller.NamedExceptions;

/**
 * Answers with the reason why a controller could not start a job. It comes before
 * handlers for all exceptions, which would answer with status 500.
 */
@ControllerAdvice
final class RefusalAdvice implements Ordered {

	private final NamedExceptions named;

	/**
	 * Creates the advice.
	 * @param named whether the application has a handler of its own
	 */
	RefusalAdvice(NamedExceptions named) {
		this.named = named;
	}

	@Override
	public int getOrder() {
		return this.named.byAdvice() ? LOWEST_PRECEDENCE : HIGHEST_PRECEDENCE;
	}

	@ExceptionHandler({ DuplicateJobException.class, RefusedSubmissionException.class })
	ResponseEntity<byte[]> refuse(RuntimeException ex) {
		Problem refusal = Problem.ofRefusal(ex);
		if (refusal == null) {
			throw ex;
		}
		return ResponseEntity.status(refusal.status()).headers(refusal.headers()).body(refusal.json());
	}

}
