package io.progress.sse.web.reactive;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.Ordered;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.HandlerResultHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

import io.progress.sse.JobHandle;
import io.progress.sse.web.WebSettings;

/**
 * Answers for a controller method that returns a {@link JobHandle}, now or later: 202,
 * with {@code Location}, the job's id, and a JSON body with its URLs.
 */
final class JobHandleResultHandler implements HandlerResultHandler, Ordered {

	private final JobHandleWriter writer;

	/**
	 * Creates the handler.
	 * @param settings the settings
	 */
	JobHandleResultHandler(WebSettings settings) {
		this.writer = new JobHandleWriter(settings);
	}

	/**
	 * Before the handlers for bodies, which would write the handle's properties.
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
		ResolvableType type = ResolvableType.forClass(JobHandle.class);
		return this.writer.write(handle(result), type, type, MediaType.APPLICATION_JSON, exchange.getRequest(),
				exchange.getResponse(), Map.of());
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

}
