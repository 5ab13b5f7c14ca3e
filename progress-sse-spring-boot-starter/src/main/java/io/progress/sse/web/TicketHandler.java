package io.progress.sse.web;

import java.util.LinkedHashMap;
import java.util.Map;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import io.progress.sse.event.JobId;
import io.progress.sse.stream.frame.PlainJson;
import io.progress.sse.web.access.Caller;
import io.progress.sse.web.ticket.StreamTickets;

/**
 * Answers requests for tickets. A bean of this type, most simply a subclass, replaces the
 * default.
 */
public class TicketHandler {

	private final JobAccess access;

	private final StreamTickets tickets;

	private final WebSettings settings;

	/**
	 * Creates the handler.
	 * @param access decides who may see a job
	 * @param tickets issues tickets
	 * @param settings the settings
	 */
	public TicketHandler(JobAccess access, StreamTickets tickets, WebSettings settings) {
		this.access = access;
		this.tickets = tickets;
		this.settings = settings;
	}

	/**
	 * Issues a ticket, if the caller would get the stream.
	 * @param request the request
	 * @param job the job
	 * @return the response
	 */
	public Mono<ServerResponse> ticket(ServerRequest request, JobId job) {
		return this.access.caller(request.exchange())
			.flatMap((caller) -> (caller.name() == null) ? Problem.notSignedIn().toResponse()
					: this.access.admits(caller, job)
						.flatMap((admitted) -> admitted ? issue(request, job, caller)
								: Problem.unknownJob().toResponse()))
			.onErrorResume((ex) -> Problem.ofFailure(ex).toResponse());
	}

	private Mono<ServerResponse> issue(ServerRequest request, JobId job, Caller caller) {
		return this.tickets.issue(job, caller)
			.flatMap((ticket) -> respond(request, job, ticket))
			.switchIfEmpty(Mono.defer(() -> Problem
				.of(Problem.Kind.TOO_MANY_TICKETS,
						"There are too many unused tickets; use one of them or wait until they expire")
				.header(HttpHeaders.RETRY_AFTER, String.valueOf(this.tickets.ttl().toSeconds()))
				.toResponse()));
	}

	private Mono<ServerResponse> respond(ServerRequest request, JobId job, String ticket) {
		String stream = StreamHandler.contextPath(request.exchange()) + this.settings.streamPath(job.value());
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("ticket", ticket);
		body.put("expiresInMs", this.tickets.ttl().toMillis());
		body.put("url", stream + "?" + JobAccess.TICKET + "=" + ticket);
		return ServerResponse.status(HttpStatus.CREATED)
			.contentType(MediaType.APPLICATION_JSON)
			.header(HttpHeaders.CACHE_CONTROL, "no-store")
			.body((out, context) -> out
				.writeWith(Mono.fromSupplier(() -> out.bufferFactory().wrap(PlainJson.bytes(body)))));
	}

}
