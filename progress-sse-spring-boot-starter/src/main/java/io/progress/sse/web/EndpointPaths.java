package io.progress.sse.web;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobId;
import io.progress.sse.web.access.Caller;
import io.progress.sse.web.ticket.StreamTickets;

/**
 * The paths of the endpoints, for filters that run before the handler is known.
 */
public final class EndpointPaths {

	private final List<PathPattern> all;

	private final List<PathPattern> streams;

	private final List<PathPattern> scripts;

	private final StreamTickets tickets;

	/**
	 * Creates the endpoints.
	 * @param settings the settings
	 * @param tickets the tickets
	 */
	public EndpointPaths(WebSettings settings, StreamTickets tickets) {
		this.all = settings.patterns();
		this.streams = Stream
			.concat(Stream.of(settings.streamPath(WebSettings.JOB)),
					settings.routes().values().stream().map(WebSettings.Route::path))
			.map(PathPatternParser.defaultInstance::parse)
			.toList();
		this.scripts = settings.scriptPatterns();
		this.tickets = tickets;
	}

	/**
	 * Whether a path belongs to an endpoint of progress-sse.
	 * @param path a request's path within the application
	 * @return {@code true} if so
	 */
	public boolean contains(PathContainer path) {
		return this.all.stream().anyMatch((each) -> each.matches(path));
	}

	/**
	 * Whether a request is for the JavaScript client, which is public: it contains no
	 * data, and a page may load it before its visitor signs in.
	 * @param method the request's method
	 * @param path a request's path within the application
	 * @return {@code true} if so
	 */
	public boolean isScript(String method, PathContainer path) {
		return (method.equals("GET") || method.equals("HEAD"))
				&& this.scripts.stream().anyMatch((each) -> each.matches(path));
	}

	/**
	 * Returns the caller whom a ticket represents. Does not use up the ticket: the stream
	 * does.
	 * @param path the request's path within the application
	 * @param ticket the ticket of the request
	 * @return the caller; empty if the path is not that of a stream, or the ticket is not
	 * valid for it; an error if the ticket store is unreachable
	 */
	public Mono<Caller> ticketHolder(PathContainer path, String ticket) {
		return Mono.justOrEmpty(job(path)).flatMap((job) -> this.tickets.peek(ticket, job));
	}

	private Optional<JobId> job(PathContainer path) {
		return this.streams.stream()
			.map((each) -> each.matchAndExtract(path))
			.filter(Objects::nonNull)
			.map((match) -> match.getUriVariables().get("jobId"))
			.filter((id) -> id != null && JobId.isValid(id))
			.map(JobId::of)
			.findFirst();
	}

}
