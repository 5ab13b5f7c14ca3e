package io.progress.sse.web.servlet;

import java.io.IOException;
import java.io.UncheckedIOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

import io.progress.sse.web.Problem;
import io.progress.sse.web.controller.NamedExceptions;

/**
 * Answers with the reason why a controller could not start a job. It comes before
 * handlers for all exceptions, which would answer with status 500.
 */
final class RefusalResolver implements HandlerExceptionResolver {

	private final NamedExceptions named;

	/**
	 * Creates the resolver.
	 * @param named whether the application has a handler of its own
	 */
	RefusalResolver(NamedExceptions named) {
		this.named = named;
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception ex) {
		Problem refusal = response.isCommitted() ? null : Problem.ofRefusal(ex);
		if (refusal == null || this.named.byAdvice() || isNamedBy(handler)) {
			return null;
		}
		try {
			response.resetBuffer();
			ServletProblem.write(refusal, response);
		}
		catch (IOException gone) {
			throw new UncheckedIOException(gone);
		}
		return new ModelAndView();
	}

	private static boolean isNamedBy(@Nullable Object handler) {
		return handler instanceof HandlerMethod method && NamedExceptions.isNamedBy(method.getBeanType());
	}

}
