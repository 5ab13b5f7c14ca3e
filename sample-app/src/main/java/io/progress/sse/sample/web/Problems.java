package io.progress.sse.sample.web;

import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.beans.TypeMismatchException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.MethodParameter;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.unit.DataSize;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.reactive.result.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;

/**
 * Says what was wrong with a request.
 */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

	private final DataSize maxUpload;

	Problems(@Value("${sample.max-upload}") DataSize maxUpload) {
		this.maxUpload = maxUpload;
	}

	@ExceptionHandler
	ErrorResponse tooLarge(DataBufferLimitException ex) {
		return ErrorResponse.create(ex, HttpStatus.CONTENT_TOO_LARGE,
				"'file' must be at most " + this.maxUpload.toMegabytes() + " MB, but is larger");
	}

	@ExceptionHandler
	ErrorResponse malformed(DecodingException ex) {
		return ErrorResponse.create(ex, HttpStatus.BAD_REQUEST,
				"The form is cut short, has no boundary, or has too many parts");
	}

	@ExceptionHandler
	ErrorResponse busy(RejectedExecutionException ex) {
		return ErrorResponse.builder(ex, HttpStatus.SERVICE_UNAVAILABLE, "Too many jobs are waiting already")
			.header(HttpHeaders.RETRY_AFTER, "5")
			.build();
	}

	@Override
	protected Mono<ResponseEntity<Object>> handleServerWebInputException(ServerWebInputException ex,
			HttpHeaders headers, HttpStatusCode status, ServerWebExchange exchange) {
		MethodParameter parameter = ex.getMethodParameter();
		if (ex.getCause() instanceof TypeMismatchException mismatch && parameter != null) {
			ex.setDetail(
					"'%s' must be a number, but is '%s'".formatted(parameter.getParameterName(), mismatch.getValue()));
		}
		else if (ex.getCause() instanceof DecodingException) {
			ex.setDetail("The body must be a JSON object, but cannot be read as one");
		}
		return super.handleServerWebInputException(ex, headers, status, exchange);
	}

	/** As JSON also for clients that accept event streams only. */
	@Override
	protected Mono<ResponseEntity<Object>> createResponseEntity(@Nullable Object body, @Nullable HttpHeaders headers,
			HttpStatusCode status, ServerWebExchange exchange) {
		HttpHeaders answered = (headers != null) ? new HttpHeaders(headers) : new HttpHeaders();
		answered.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		return super.createResponseEntity(body, answered, status, exchange);
	}

}
