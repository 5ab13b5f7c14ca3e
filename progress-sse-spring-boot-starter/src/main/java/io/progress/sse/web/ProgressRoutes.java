package io.progress.sse.web;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobId;
import io.progress.sse.stream.StreamIds;
import io.progress.sse.stream.StreamRequest;
import io.progress.sse.stream.StreamTerms;
import io.progress.sse.stream.format.ProgressEventFormats;

/**
 * The endpoints: their paths and the handlers that answer them. A bean of this type, most
 * simply a subclass, replaces the default.
 */
public class ProgressRoutes {

	private static final String STATUS_FORMAT = ProgressEventFormats.STANDARD;

	private final WebSettings settings;

	private final StreamHandler streams;

	private final StatusHandler statuses;

	private final CancelHandler cancellations;

	private final TicketHandler tickets;

	private final RetryHandler retries;

	/**
	 * Creates the endpoints.
	 * @param streams answers requests for streams
	 * @param statuses answers clients that poll
	 * @param cancellations answers requests to stop a job
	 * @param tickets answers requests for tickets
	 * @param retries answers requests to do the work of a job again
	 * @param settings the settings
	 */
	public ProgressRoutes(StreamHandler streams, StatusHandler statuses, CancelHandler cancellations,
			TicketHandler tickets, RetryHandler retries, WebSettings settings) {
		this.settings = settings;
		this.streams = streams;
		this.statuses = statuses;
		this.cancellations = cancellations;
		this.tickets = tickets;
		this.retries = retries;
	}

	/**
	 * Returns the routes of all endpoints.
	 * @return routes with paths as in the settings
	 */
	public RouterFunction<ServerResponse> routes() {
		// If two routes match, the more specific one answers.
		SortedMap<PathPattern, HandlerFunction<ServerResponse>> resources = new TreeMap<>();
		StreamTerms terms = StreamTerms.of(this.settings.format());
		put(this.settings.streamPath(WebSettings.JOB), stream(terms, STATUS_FORMAT), resources);
		put(this.settings.jobPath(WebSettings.JOB), job(STATUS_FORMAT), resources);
		put(this.settings.ticketsPath(WebSettings.JOB),
				new Endpoint().on(HttpMethod.POST, MediaType.APPLICATION_JSON, ofJob(this.tickets::ticket)), resources);
		put(this.settings.retryPath(WebSettings.JOB),
				new Endpoint().on(HttpMethod.POST, MediaType.APPLICATION_JSON, ofJob(this.retries::retry)), resources);
		put(this.settings.listPath(), new Endpoint().onGet(MediaType.APPLICATION_JSON, this::list), resources);
		put(this.settings.manyPath(), streamOfManyOrAll(terms), resources);
		putScripts(this.settings, resources);
		this.settings.routes().values().forEach((route) -> putAll(route, resources));
		return routes(resources, this.settings);
	}

	/**
	 * Returns the routes of the JavaScript client only, which is public.
	 * @param settings the settings
	 * @return routes with paths as in the settings
	 */
	public static RouterFunction<ServerResponse> scripts(WebSettings settings) {
		SortedMap<PathPattern, HandlerFunction<ServerResponse>> resources = new TreeMap<>();
		putScripts(settings, resources);
		return routes(resources, settings);
	}

	private static RouterFunction<ServerResponse> routes(
			SortedMap<PathPattern, HandlerFunction<ServerResponse>> resources, WebSettings settings) {
		RouterFunctions.Builder routes = RouterFunctions.route();
		resources.forEach((path, resource) -> routes
			.add(RouterFunctions.route(RequestPredicates.path(path.getPatternString()), resource)));
		return routes.build().filter(new ForeignPages(settings));
	}

	private static void putScripts(WebSettings settings, Map<PathPattern, HandlerFunction<ServerResponse>> resources) {
		Scripts.FILES.forEach((file) -> put(settings.scriptPath(file), script(file), resources));
	}

	private void putAll(WebSettings.Route route, Map<PathPattern, HandlerFunction<ServerResponse>> resources) {
		String format = route.terms().format();
		put(route.path(), stream(route.terms(), format), resources);
		if (route.statusPath() != null) {
			put(route.statusPath(), job(format), resources);
		}
		if (route.manyPath() != null) {
			put(route.manyPath(), streamOfMany(route.terms(), format), resources);
		}
	}

	private static void put(String path, HandlerFunction<ServerResponse> resource,
			Map<PathPattern, HandlerFunction<ServerResponse>> resources) {
		resources.put(PathPatternParser.defaultInstance.parse(path), resource);
	}

	private Endpoint stream(StreamTerms terms, String statusFormat) {
		return new Endpoint()
			.on(HttpMethod.GET, MediaType.TEXT_EVENT_STREAM,
					ofJob((request, job) -> this.streams.stream(request, List.of(job), StreamIds.EVENT, terms)))
			.on(HttpMethod.HEAD, MediaType.TEXT_EVENT_STREAM, ofJob((request, job) -> this.streams.head()))
			.onGet(MediaType.APPLICATION_JSON, status(statusFormat));
	}

	private Endpoint job(String format) {
		Endpoint resource = new Endpoint().onGet(MediaType.APPLICATION_JSON, status(format));
		return this.settings.cancel().enabled() ? resource.on(HttpMethod.DELETE, ofJob(this.cancellations::cancel))
				: resource;
	}

	private HandlerFunction<ServerResponse> status(String format) {
		return ofJob((request, job) -> this.statuses.status(request, job, format));
	}

	private Mono<ServerResponse> list(ServerRequest request) {
		return this.statuses.list(request, STATUS_FORMAT);
	}

	/**
	 * The jobs that the request names, or all of an owner if it names none.
	 */
	private HandlerFunction<ServerResponse> streamOfManyOrAll(StreamTerms terms) {
		Endpoint named = streamOfMany(terms, STATUS_FORMAT);
		Endpoint all = new Endpoint()
			.on(HttpMethod.GET, MediaType.TEXT_EVENT_STREAM, (request) -> this.streams.streamOwned(request, terms))
			.on(HttpMethod.HEAD, MediaType.TEXT_EVENT_STREAM, (request) -> this.streams.head())
			.onGet(MediaType.APPLICATION_JSON, this::list);
		return (request) -> (request.queryParams().containsKey("job") ? named : all).handle(request);
	}

	private Endpoint streamOfMany(StreamTerms terms, String statusFormat) {
		return new Endpoint()
			.on(HttpMethod.GET, MediaType.TEXT_EVENT_STREAM,
					ofJobs((request, jobs) -> this.streams.stream(request, jobs, StreamIds.EVENT_OF_EACH_JOB, terms)))
			.on(HttpMethod.HEAD, MediaType.TEXT_EVENT_STREAM, ofJobs((request, jobs) -> this.streams.head()))
			.onGet(MediaType.APPLICATION_JSON,
					ofJobs((request, jobs) -> this.statuses.statuses(request, jobs, statusFormat)));
	}

	private static Endpoint script(String file) {
		return new Endpoint().onGet(Scripts.type(file), new ScriptHandler(file)::script);
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
							"Give 1 to " + StreamRequest.MAX_JOBS + " jobs, each by a query parameter 'job'")
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
