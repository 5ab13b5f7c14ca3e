package io.progress.sse.web.servlet;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

import io.progress.sse.JobHandle;
import io.progress.sse.web.WebSettings;
import io.progress.sse.web.controller.AcceptedJob;

/**
 * Answers for a controller method that returns a job: 202, with the job's
 * {@code Location}. It is the first advice, so that the application's own advice can wrap
 * its body.
 */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class JobHandleResultHandler implements ResponseBodyAdvice<Object> {

	private final WebSettings settings;

	/**
	 * Creates the advice.
	 * @param settings the settings
	 */
	JobHandleResultHandler(WebSettings settings) {
		this.settings = settings;
	}

	@Override
	public boolean supports(MethodParameter returnType, Class<? extends HttpMessageConverter<?>> converterType) {
		return true;
	}

	@Override
	public @Nullable Object beforeBodyWrite(@Nullable Object body, MethodParameter returnType, MediaType contentType,
			Class<? extends HttpMessageConverter<?>> converterType, ServerHttpRequest request,
			ServerHttpResponse response) {
		if (!(body instanceof JobHandle job)) {
			return body;
		}
		String context = (request instanceof ServletServerHttpRequest servlet)
				? servlet.getServletRequest().getContextPath() : "";
		AcceptedJob accepted = new AcceptedJob(job, context, this.settings);
		if (response instanceof ServletServerHttpResponse servlet
				&& servlet.getServletResponse().getStatus() == HttpStatus.OK.value()) {
			response.setStatusCode(HttpStatus.ACCEPTED);
		}
		accepted.addTo(response.getHeaders());
		return accepted.body();
	}

}
