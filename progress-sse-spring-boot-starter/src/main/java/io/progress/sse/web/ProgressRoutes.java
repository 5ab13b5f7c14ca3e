package io.progress.sse.web;

import java.util.List;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import io.progress.sse.ProgressTracker;
import io.progress.sse.event.JobId;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.stream.ProgressEventFormats;
import io.progress.sse.stream.ProgressFeeds;
import io.progress.sse.stream.StreamRequest;

/**
 * The endpoints.
 */
public final class ProgressRoutes {

	private static final MediaType SCRIPT = new MediaType("text", "javascript");

	private final WebSettings settings;

	private final StreamHandler streams;

	private final StatusHandler statuses;

	private final CancelHandler cancellations;

	/**
	 * Creates the endpoints.
	 * @param store where jobs are
	 * @param tracker what is asked to stop jobs
	 * @param feeds the event streams
	 * @param formats the formats that there are
	 * @param policy who may see what
	 * @param settings the settings
	 * @throws IllegalArgumentException if a route wants a format that there is not
	 */
	public ProgressRoutes(ProgressEventStore store, ProgressTracker tracker, ProgressFeeds feeds,
			ProgressEventFormats formats, JobAccessPolicy policy, WebSettings settings) {
		this.settings = settings;
		this.streams = new StreamHandler(feeds, policy, settings);
		this.statuses = new StatusHandler(store, policy, formats.get("standard"));
		this.cancellations = new CancelHandler(store, tracker, policy);
	}

	/**
	 * The endpoints as routes.
	 * @return routes with absolute paths
	 */
	public RouterFunction<ServerResponse> routes() {
		RouterFunctions.Builder routes = RouterFunctions.route()
			.add(at(this.settings.streamPath("{jobId}"), stream(this.settings.format())))
			.add(at(this.settings.jobPath("{jobId}"), job()))
			.add(at(this.settings.path() + "/events",
					new Resource().on(HttpMethod.GET, MediaType.TEXT_EVENT_STREAM, this::streamOfMany)
						.on(HttpMethod.HEAD, MediaType.TEXT_EVENT_STREAM, (request) -> this.streams.head())))
			.add(at(this.settings.path() + "/client.js", script("client.js")))
			.add(at(this.settings.path() + "/client.d.ts", script("client.d.ts")));
		this.settings.routes().values().forEach((route) -> routes.add(at(route.path(), stream(route.format()))));
		return routes.build();
	}

	private static RouterFunction<ServerResponse> at(String path, Resource resource) {
		return RouterFunctions.route(RequestPredicates.path(path), resource);
	}

	private Resource stream(String format) {
		return new Resource()
			.on(HttpMethod.GET, MediaType.TEXT_EVENT_STREAM,
					ofJob((request, job) -> this.streams.stream(request, List.of(job), false, format)))
			.on(HttpMethod.HEAD, MediaType.TEXT_EVENT_STREAM, ofJob((request, job) -> this.streams.head()))
			.onGet(MediaType.APPLICATION_JSON, ofJob(this.statuses::status));
	}

	private Resource job() {
		Resource resource = new Resource().onGet(MediaType.APPLICATION_JSON, ofJob(this.statuses::status));
		return this.settings.cancellable() ? resource.on(HttpMethod.DELETE, ofJob(this.cancellations::cancel))
				: resource;
	}

	private static Resource script(String file) {
		return new Resource().onGet(SCRIPT, new ScriptHandler(file)::script);
	}

	private Mono<ServerResponse> streamOfMany(ServerRequest request) {
		@Nullable List<String> ids = request.queryParams().get("job");
		if (ids == null || ids.stream().distinct().count() > StreamRequest.MAX_JOBS) {
			return Problem
				.of(Problem.Kind.MALFORMED_REQUEST,
						"Name 1 to " + StreamRequest.MAX_JOBS + " jobs, each by a query parameter 'job'")
				.toResponse();
		}
		if (!ids.stream().allMatch(JobId::isValid)) {
			return malformedId();
		}
		return this.streams.stream(request, ids.stream().map(JobId::of).toList(), true, this.settings.format());
	}

	private static HandlerFunction<ServerResponse> ofJob(
			BiFunction<ServerRequest, JobId, Mono<ServerResponse>> handler) {
		return (request) -> {
			String id = request.pathVariable("jobId");
			return JobId.isValid(id) ? handler.apply(request, JobId.of(id)) : malformedId();
		};
	}

	private static Mono<ServerResponse> malformedId() {
		return Problem
			.of(Problem.Kind.MALFORMED_JOB_ID,
					"A job id is 1 to " + JobId.MAX_LENGTH + " characters of A-Z, a-z, 0-9, _ and -")
			.toResponse();
	}

}
