package io.progress.sse.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.NotAcceptableStatusException;

import io.progress.sse.event.JobId;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.stream.ProgressEventFormats;
import io.progress.sse.stream.ProgressFeeds;

/**
 * The endpoints. Functional routing leaves out what belongs to a resource beside its
 * {@code GET}, so each resource answers every method itself.
 */
public final class ProgressRoutes implements AutoCloseable {

	private static final Set<HttpMethod> READ = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

	private final WebSettings settings;

	private final Outlets outlets = new Outlets();

	private final StreamHandler streams;

	private final StatusHandler statuses;

	/**
	 * Creates the endpoints.
	 * @param store where jobs are
	 * @param feeds the event streams
	 * @param formats the formats that there are
	 * @param policy who may see what
	 * @param settings the settings
	 */
	public ProgressRoutes(ProgressEventStore store, ProgressFeeds feeds, ProgressEventFormats formats,
			JobAccessPolicy policy, WebSettings settings) {
		this.settings = settings;
		this.streams = new StreamHandler(feeds, policy, settings, this.outlets);
		this.statuses = new StatusHandler(store, policy, formats.get("standard"));
	}

	/**
	 * The endpoints as routes.
	 * @return routes with absolute paths
	 */
	public RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route(RequestPredicates.path(this.settings.streamPath("{jobId}")), ofJob(this::stream))
			.andRoute(RequestPredicates.path(this.settings.jobPath("{jobId}")), ofJob(this::status));
	}

	@Override
	public void close() {
		this.outlets.close();
	}

	private Mono<ServerResponse> stream(JobRead read) {
		ServerRequest request = read.request();
		MediaType wanted = wanted(request);
		if (wanted == null) {
			return Problem
				.of(Problem.Kind.NOT_ACCEPTABLE,
						"There is an event stream and JSON; accept one of text/event-stream " + "and application/json")
				.toResponse();
		}
		if (wanted.equals(MediaType.APPLICATION_JSON)) {
			return this.statuses.status(request, read.job());
		}
		return request.method().equals(HttpMethod.HEAD) ? this.streams.head()
				: this.streams.stream(request, List.of(read.job()), false, this.settings.format());
	}

	private Mono<ServerResponse> status(JobRead read) {
		return this.statuses.status(read.request(), read.job());
	}

	private HandlerFunction<ServerResponse> ofJob(Function<JobRead, Mono<ServerResponse>> handler) {
		return (request) -> {
			if (request.method().equals(HttpMethod.OPTIONS)) {
				return ServerResponse.noContent().allow(READ).build();
			}
			if (!READ.contains(request.method())) {
				return Problem.of(Problem.Kind.METHOD_NOT_ALLOWED, "This can only be read")
					.header(HttpHeaders.ALLOW, "GET, HEAD, OPTIONS")
					.toResponse();
			}
			String id = request.pathVariable("jobId");
			if (!JobId.isValid(id)) {
				return Problem
					.of(Problem.Kind.MALFORMED_JOB_ID, "A job id is 1 to 128 characters of A-Z, a-z, 0-9, _ and -")
					.toResponse();
			}
			return handler.apply(new JobRead(request, JobId.of(id)));
		};
	}

	/**
	 * What the client would rather have; a client that says nothing wants the stream.
	 */
	private static @Nullable MediaType wanted(ServerRequest request) {
		List<MediaType> accepted;
		try {
			accepted = new ArrayList<>(request.headers().accept());
		}
		catch (NotAcceptableStatusException ex) {
			return null;
		}
		if (accepted.isEmpty()) {
			return MediaType.TEXT_EVENT_STREAM;
		}
		accepted.sort(Comparator.comparing(MediaType::getQualityValue).reversed());
		for (MediaType each : accepted) {
			if (each.includes(MediaType.TEXT_EVENT_STREAM)) {
				return MediaType.TEXT_EVENT_STREAM;
			}
			if (each.includes(MediaType.APPLICATION_JSON)) {
				return MediaType.APPLICATION_JSON;
			}
		}
		return null;
	}

	private record JobRead(ServerRequest request, JobId job) {

	}

}
