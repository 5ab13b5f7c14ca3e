package io.progress.sse.web.reactive;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpOutputMessage;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

import io.progress.sse.JobHandle;
import io.progress.sse.stream.frame.PlainJson;
import io.progress.sse.web.WebSettings;
import io.progress.sse.web.controller.AcceptedJob;

/**
 * Writes job handles as bodies, such as those of response entities, because a JSON mapper
 * would write an empty object.
 */
final class JobHandleWriter implements HttpMessageWriter<JobHandle> {

	private final WebSettings settings;

	/**
	 * Creates the writer.
	 * @param settings the settings
	 */
	JobHandleWriter(WebSettings settings) {
		this.settings = settings;
	}

	@Override
	public List<MediaType> getWritableMediaTypes() {
		return List.of(MediaType.APPLICATION_JSON);
	}

	@Override
	public boolean canWrite(ResolvableType type, @Nullable MediaType mediaType) {
		return JobHandle.class.isAssignableFrom(type.toClass())
				&& (mediaType == null || MediaType.APPLICATION_JSON.isCompatibleWith(mediaType));
	}

	@Override
	public Mono<Void> write(Publisher<? extends JobHandle> jobs, ResolvableType type, @Nullable MediaType mediaType,
			ReactiveHttpOutputMessage message, Map<String, Object> hints) {
		return write(jobs, "", message);
	}

	@Override
	public Mono<Void> write(Publisher<? extends JobHandle> jobs, ResolvableType actualType, ResolvableType type,
			@Nullable MediaType mediaType, ServerHttpRequest request, ServerHttpResponse response,
			Map<String, Object> hints) {
		return write(jobs, request.getPath().contextPath().value(), response);
	}

	private Mono<Void> write(Publisher<? extends JobHandle> jobs, String contextPath,
			ReactiveHttpOutputMessage message) {
		Flux<AcceptedJob> accepted = Flux.from(jobs).map((job) -> new AcceptedJob(job, contextPath, this.settings));
		if (jobs instanceof Mono) {
			return accepted.next().flatMap((job) -> {
				job.addTo(message.getHeaders());
				message.getHeaders().set(this.settings.jobIdHeader(), job.id());
				return write(job.body(), message);
			});
		}
		return accepted.map(AcceptedJob::body).collectList().flatMap((bodies) -> write(bodies, message));
	}

	private static Mono<Void> write(Object body, ReactiveHttpOutputMessage message) {
		if (message instanceof ServerHttpResponse response
				&& (response.getStatusCode() == null || response.getStatusCode() == HttpStatus.OK)) {
			response.setStatusCode(HttpStatus.ACCEPTED);
		}
		message.getHeaders().setContentType(MediaType.APPLICATION_JSON);
		DataBuffer json = message.bufferFactory().wrap(PlainJson.bytes(body));
		return message.writeWith(Mono.just(json));
	}

}
