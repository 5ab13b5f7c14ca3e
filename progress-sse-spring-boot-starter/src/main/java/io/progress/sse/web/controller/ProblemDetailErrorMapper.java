package io.progress.sse.web.controller;

import java.net.URI;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponse;

import io.progress.sse.ProgressErrorMapper;
import io.progress.sse.event.JobError;

/**
 * Maps exceptions that carry a problem detail (RFC 9457), so that viewers see the same as
 * HTTP clients. The code is the problem's type if it has one, else the name of the
 * status, such as {@code not-found}.
 */
final class ProblemDetailErrorMapper implements ProgressErrorMapper {

	private static final URI NO_TYPE = URI.create("about:blank");

	@Override
	public @Nullable JobError map(Throwable error) {
		if (!(error instanceof ErrorResponse response)) {
			return null;
		}
		ProblemDetail problem = response.getBody();
		String text = (problem.getDetail() != null) ? problem.getDetail() : problem.getTitle();
		return new JobError(code(problem), (text != null) ? text : JobError.INTERNAL.message());
	}

	private static String code(ProblemDetail problem) {
		URI type = problem.getType();
		if (type != null && !type.equals(NO_TYPE)) {
			return type.toString();
		}
		HttpStatus status = HttpStatus.resolve(problem.getStatus());
		return (status != null) ? status.name().toLowerCase(Locale.ROOT).replace('_', '-') : JobError.INTERNAL.code();
	}

}
