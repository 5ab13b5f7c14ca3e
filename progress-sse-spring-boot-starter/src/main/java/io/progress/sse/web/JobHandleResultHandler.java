package io.progress.sse.web;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.HandlerResultHandler;
import org.springframework.web.server.ServerWebExchange;

import io.progress.sse.JobHandle;
import io.progress.sse.stream.PlainJson;

/**
 * Answers a controller method that returns a {@link JobHandle}, now or later: 202, with
 * {@code Location} and the job's id, and where to watch it as JSON.
 */
public final class JobHandleResultHandler implements HandlerResultHandler, Ordered {

	private final WebSettings settings;

	/**
	 * Creates the handler.
	 * @param settings the settings
	 */
	public JobHandleResultHandler(WebSettings settings) {
		this.settings = settings;
	}

	/**
	 * Ahead of the handlers for bodies, which would write the handle's properties.
	 */
	@Override
	public int getOrder() {
		return -1;
	}

	@Override
	public boolean supports(HandlerResult result) {
		ResolvableType type = result.getReturnType();
		ReactiveAdapter adapter = adapter(type);
		ResolvableType value = (adapter != null && !adapter.isMultiValue()) ? type.getGeneric() : type;
		return JobHandle.class.isAssignableFrom(value.toClass());
	}

	@Override
	public Mono<Void> handleResult(ServerWebExchange exchange, HandlerResult result) {
		return handle(result).flatMap((job) -> accepted(exchange, job.id().value()));
	}

	private static Mono<JobHandle> handle(HandlerResult result) {
		Object value = result.getReturnValue();
		ReactiveAdapter adapter = adapter(result.getReturnType());
		if (adapter == null) {
			return Mono.justOrEmpty((JobHandle) value);
		}
		Publisher<JobHandle> publisher = adapter.toPublisher(value);
		return Mono.from(publisher);
	}

	private static @Nullable ReactiveAdapter adapter(ResolvableType type) {
		return ReactiveAdapterRegistry.getSharedInstance().getAdapter(type.toClass());
	}

	private Mono<Void> accepted(ServerWebExchange exchange, String jobId) {
		String context = exchange.getRequest().getPath().contextPath().value();
		Map<String, @Nullable Object> body = new LinkedHashMap<>();
		body.put("jobId", jobId);
		body.put("events", context + this.settings.streamPath(jobId));
		body.put("status", context + this.settings.jobPath(jobId));
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(HttpStatus.ACCEPTED);
		response.getHeaders().set("Location", context + this.settings.jobPath(jobId));
		response.getHeaders().set(this.settings.jobIdHeader(), jobId);
		response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
		DataBuffer json = response.bufferFactory().wrap(PlainJson.bytes(body));
		return response.writeWith(Mono.just(json));
	}

}
