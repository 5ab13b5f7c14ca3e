package io.progress.sse.web;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.ServerWebExchange;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.web.access.Caller;
import io.progress.sse.web.access.CallerResolver;
import io.progress.sse.web.access.JobAccessPolicy;
import io.progress.sse.web.ticket.StreamTickets;

/**
 * Decides who sends a request and which jobs that caller may see. All endpoints ask here,
 * and controllers of the application may.
 */
public final class JobAccess {

	/** The query parameter that carries a ticket. */
	public static final String TICKET = "ticket";

	private final RareWarnings warnings = new RareWarnings(LoggerFactory.getLogger(JobAccess.class), System::nanoTime);

	private final JobAccessPolicy policy;

	private final CallerResolver callers;

	private final StreamTickets tickets;

	private final EventStreams feeds;

	/**
	 * Creates the access.
	 * @param policy who may see what
	 * @param callers who asks
	 * @param tickets what stands for a caller that cannot say who it is
	 * @param feeds the open streams
	 */
	public JobAccess(JobAccessPolicy policy, CallerResolver callers, StreamTickets tickets, EventStreams feeds) {
		this.policy = policy;
		this.callers = callers;
		this.tickets = tickets;
		this.feeds = feeds;
	}

	/**
	 * Ends all streams of a user who has logged out, on this node, and takes back the
	 * tickets, on all nodes. Clients that are still signed in elsewhere come back and
	 * miss nothing. To be called by applications that log users out by means of their
	 * own.
	 * @param owner the principal's name
	 */
	public void closeAll(String owner) {
		this.tickets.revokeAll(owner);
		this.feeds.closeAll(owner);
	}

	/**
	 * Whether another caller waits for a job on this node. It belongs to the first who
	 * waits and whose name is known, for as long as anybody waits.
	 * @param job the job, which has not come yet
	 * @param caller name of the caller who would start it; {@code null} if nobody knows
	 * it
	 * @return {@code true} if so
	 */
	public boolean isAwaitedByAnother(JobId job, @Nullable String caller) {
		return this.feeds.isAwaitedByAnother(job, caller);
	}

	/**
	 * Finds out who sends a request.
	 * @param exchange the request
	 * @return the caller; fails if the application's {@link CallerResolver} does, which
	 * is logged
	 */
	public Mono<Caller> caller(ServerWebExchange exchange) {
		return ask(() -> this.callers.resolve(exchange))
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("There is no caller, not even Caller.UNKNOWN")))
			.onErrorMap((ex) -> {
				this.warnings.warn("Nobody can be told from anybody else, because " + this.callers.getClass().getName()
						+ " fails; requests that need it get status 500", ex);
				return new UnresolvedCallerException();
			});
	}

	/**
	 * Who sends a request for a stream, which may carry a ticket instead of proof.
	 * @return the caller; a {@link BadTicketException} if the ticket is not good; another
	 * error if tickets are out of reach
	 */
	Mono<Caller> streamCaller(ServerRequest request, List<JobId> jobs) {
		String ticket = QueryParameter.newest(TICKET, request.exchange().getRequest());
		if (ticket == null) {
			return caller(request.exchange());
		}
		return Mono.just(jobs)
			.filter((all) -> all.size() == 1)
			.flatMap((all) -> this.tickets.redeem(ticket, all.get(0)))
			.switchIfEmpty(Mono.error(BadTicketException::new))
			.flatMap((holder) -> StreamTickets.isKnownByNameOnly(holder) ? asSeen(holder, request) : Mono.just(holder));
	}

	/**
	 * Asks the policy whether a caller may do something with a job.
	 * @param caller who asks
	 * @param job the job
	 * @param action what for
	 * @return {@code true} if so; {@code false} also if the policy fails, which is logged
	 */
	public Mono<Boolean> permits(Caller caller, JobInfo job, JobAccessPolicy.Action action) {
		return ask(() -> this.policy.permits(caller.principal(), job, action)).onErrorResume((ex) -> {
			this.warnings.warn("Jobs are hidden, because " + this.policy.getClass().getName() + " fails", ex);
			return Mono.just(false);
		}).defaultIfEmpty(false);
	}

	/**
	 * Whether a caller gets a stream of a job, be it one that waits for the job; an error
	 * if the store is out of reach.
	 */
	Mono<Boolean> admits(Caller caller, JobId job) {
		return this.feeds.admits(job, (known) -> permits(caller, known, JobAccessPolicy.Action.WATCH));
	}

	/**
	 * Asks the application, whose code may throw anything.
	 */
	private static <T> Mono<T> ask(Supplier<Mono<T>> question) {
		return Mono.defer(() -> {
			try {
				return question.get();
			}
			catch (Throwable ex) {
				return Mono.error(ex);
			}
		});
	}

	/**
	 * A filter that let the request pass may know more of the holder than a name.
	 */
	private Mono<Caller> asSeen(Caller holder, ServerRequest request) {
		return caller(request.exchange()).filter((seen) -> Objects.equals(seen.name(), holder.name()))
			.map((seen) -> new Caller(seen.principal(), holder.gone(), holder.expiresAt(), holder.authorities()))
			.defaultIfEmpty(holder);
	}

	static final class UnresolvedCallerException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		UnresolvedCallerException() {
			super("Who sends the request cannot be found out; the log says why", null, false, false);
		}

	}

	static final class BadTicketException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		BadTicketException() {
			super("The ticket is not good", null, false, false);
		}

	}

}
