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
import io.progress.sse.stream.ProgressFeeds;

/**
 * Who may see what: the one place that the endpoints ask.
 */
public final class JobAccess {

	/** The query parameter that carries a ticket. */
	public static final String TICKET = "ticket";

	private final RareWarnings warnings = new RareWarnings(LoggerFactory.getLogger(JobAccess.class), System::nanoTime);

	private final JobAccessPolicy policy;

	private final CallerResolver callers;

	private final StreamTickets tickets;

	private final ProgressFeeds feeds;

	/**
	 * Creates the access.
	 * @param policy who may see what
	 * @param callers who asks
	 * @param tickets what stands for a caller that cannot say who it is
	 * @param feeds the open streams
	 */
	public JobAccess(JobAccessPolicy policy, CallerResolver callers, StreamTickets tickets, ProgressFeeds feeds) {
		this.policy = policy;
		this.callers = callers;
		this.tickets = tickets;
		this.feeds = feeds;
	}

	/**
	 * Ends all streams of somebody who has logged out, on this node, and takes back the
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
	 * Whether somebody else waits for a job on this node. It belongs to the first who
	 * waits and whose name is known, for as long as anybody waits.
	 * @param job the job, which has not come yet
	 * @param caller name of whoever would start it; {@code null} if nobody knows it
	 * @return {@code true} if so
	 */
	public boolean isAwaitedByAnother(JobId job, @Nullable String caller) {
		return this.feeds.isAwaitedByAnother(job, caller);
	}

	/**
	 * Who sends a request.
	 */
	Mono<Caller> caller(ServerRequest request) {
		return caller(request.exchange());
	}

	/**
	 * Who sends a request; an {@link UnresolvedCallerException} if the application cannot
	 * say, which is told in the log.
	 */
	Mono<Caller> caller(ServerWebExchange exchange) {
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
			return caller(request);
		}
		return Mono.just(jobs)
			.filter((all) -> all.size() == 1)
			.flatMap((all) -> this.tickets.redeem(ticket, all.get(0)))
			.switchIfEmpty(Mono.error(BadTicketException::new))
			.flatMap((holder) -> (holder.principal() instanceof TicketHolder) ? asSeen(holder, request)
					: Mono.just(holder));
	}

	/**
	 * Whether a caller may do something with a job; an error means no, and is told in the
	 * log.
	 */
	Mono<Boolean> permits(Caller caller, JobInfo job, JobAccessPolicy.Action action) {
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

	StreamTickets tickets() {
		return this.tickets;
	}

	/**
	 * A filter that let the request pass may know more of the holder than a name.
	 */
	private Mono<Caller> asSeen(Caller holder, ServerRequest request) {
		return caller(request).filter((seen) -> Objects.equals(seen.name(), holder.name()))
			.map((seen) -> holder.as(seen.principal()))
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
