package io.progress.sse.web;

import java.util.List;
import java.util.Objects;
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
import io.progress.sse.stream.ProgressEventFormats;
import io.progress.sse.stream.ProgressFeeds;
import io.progress.sse.stream.StreamRequest;
import io.progress.sse.stream.StreamIds;
import io.progress.sse.stream.StreamTerms;

/**
 * The endpoints.
 */
public final class ProgressRoutes {

	private static final String STATUS_FORMAT = "standard";

	private static final MediaType JAVASCRIPT = new MediaType("text", "javascript");

	private static final MediaType TYPESCRIPT = new MediaType("application", "typescript");

	private final WebSettings settings;

	private final StreamHandler streams;

	private final StatusHandler statuses;

	private final CancelHandler cancellations;

	private final TicketHandler tickets;

	/**
	 * Creates the endpoints.
	 * @param tracker what is asked to stop jobs
	 * @param feeds the event streams
	 * @param formats the formats that there are
	 * @param access who may see what
	 * @param settings the settings
	 * @throws IllegalArgumentException if a route wants a format that there is not
	 */
	public ProgressRoutes(ProgressTracker tracker, ProgressFeeds feeds, ProgressEventFormats formats, JobAccess access,
			WebSettings settings) {
		this.settings = settings;
		this.streams = new StreamHandler(feeds, access, settings);
		this.statuses = new StatusHandler(feeds, access, formats, settings.pollInterval());
		this.cancellations = new CancelHandler(feeds, tracker, access);
		this.tickets = new TicketHandler(access, settings);
	}

	/**
	 * All endpoints.
	 * @return routes with paths as in the settings
	 */
	public RouterFunction<ServerResponse> routes() {
		RouterFunctions.Builder routes = RouterFunctions.route()
			.add(at(this.settings.streamPath(WebSettings.JOB),
					stream(StreamTerms.of(this.settings.format()), STATUS_FORMAT)))
			.add(at(this.settings.jobPath(WebSettings.JOB), job(STATUS_FORMAT)))
			.add(at(this.settings.ticketsPath(WebSettings.JOB),
					new Resource().on(HttpMethod.POST, MediaType.APPLICATION_JSON, ofJob(this.tickets::ticket))))
			.add(at(this.settings.manyPath(), streamOfMany(StreamTerms.of(this.settings.format()), STATUS_FORMAT)))
			.add(at(this.settings.scriptPath(WebSettings.SCRIPT), script(WebSettings.SCRIPT, JAVASCRIPT)))
			.add(at(this.settings.scriptPath(WebSettings.TYPES), script(WebSettings.TYPES, TYPESCRIPT)));
		// First the paths without a place for an id, which those with one would match,
		// too.
		this.settings.routes().values().forEach((route) -> addMany(routes, route));
		this.settings.routes().values().forEach((route) -> addOne(routes, route));
		return routes.build();
	}

	private void addMany(RouterFunctions.Builder routes, WebSettings.Route route) {
		if (route.manyPath() != null) {
			routes.add(at(route.manyPath(), streamOfMany(route.terms(), route.terms().format())));
		}
	}

	private void addOne(RouterFunctions.Builder routes, WebSettings.Route route) {
		String format = route.terms().format();
		routes.add(at(route.path(), stream(route.terms(), format)));
		if (route.statusPath() != null) {
			routes.add(at(route.statusPath(), job(format)));
		}
	}

	private static RouterFunction<ServerResponse> at(String path, Resource resource) {
		return RouterFunctions.route(RequestPredicates.path(path), resource);
	}

	private Resource stream(StreamTerms terms, String statusFormat) {
		return new Resource()
			.on(HttpMethod.GET, MediaType.TEXT_EVENT_STREAM,
					ofJob((request, job) -> this.streams.stream(request, List.of(job), StreamIds.EVENT, terms)))
			.on(HttpMethod.HEAD, MediaType.TEXT_EVENT_STREAM, ofJob((request, job) -> this.streams.head()))
			.onGet(MediaType.APPLICATION_JSON, status(statusFormat));
	}

	private Resource job(String format) {
		Resource resource = new Resource().onGet(MediaType.APPLICATION_JSON, status(format));
		return this.settings.cancellable() ? resource.on(HttpMethod.DELETE, ofJob(this.cancellations::cancel))
				: resource;
	}

	private HandlerFunction<ServerResponse> status(String format) {
		return ofJob((request, job) -> this.statuses.status(request, job, format));
	}

	private Resource streamOfMany(StreamTerms terms, String statusFormat) {
		return new Resource()
			.on(HttpMethod.GET, MediaType.TEXT_EVENT_STREAM,
					ofJobs((request, jobs) -> this.streams.stream(request, jobs, StreamIds.EVENT_OF_EACH_JOB, terms)))
			.on(HttpMethod.HEAD, MediaType.TEXT_EVENT_STREAM, ofJobs((request, jobs) -> this.streams.head()))
			.onGet(MediaType.APPLICATION_JSON,
					ofJobs((request, jobs) -> this.statuses.statuses(request, jobs, statusFormat)));
	}

	private static Resource script(String file, MediaType type) {
		return new Resource().onGet(type, new ScriptHandler(file, type)::script);
	}

	private static HandlerFunction<ServerResponse> ofJobs(
			BiFunction<ServerRequest, List<JobId>, Mono<ServerResponse>> handler) {
		return (request) -> {
			// A parameter without a value is null.
			List<@Nullable String> ids = request.queryParams().getOrDefault("job", List.of());
			List<String> distinct = ids.stream().map(String::valueOf).distinct().toList();
			if (ids.stream().anyMatch(Objects::isNull) || !distinct.stream().allMatch(JobId::isValid)) {
				return malformedId();
			}
			if (distinct.isEmpty() || distinct.size() > StreamRequest.MAX_JOBS) {
				return Problem
					.of(Problem.Kind.MALFORMED_REQUEST,
							"Name 1 to " + StreamRequest.MAX_JOBS + " jobs, each by a query parameter 'job'")
					.toResponse();
			}
			return handler.apply(request, distinct.stream().map(JobId::of).toList());
		};
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
