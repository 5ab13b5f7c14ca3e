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
 * Finds the caller of a request and decides which jobs that caller may see. Used by all
 * endpoints; controllers of the application may use it, too.
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
	 * @param policy decides who may see a job
	 * @param callers finds the caller of a request
	 * @param tickets represent callers that cannot authenticate
	 * @param feeds the open streams
	 */
	public JobAccess(JobAccessPolicy policy, CallerResolver callers, StreamTickets tickets, EventStreams feeds) {
		this.policy = policy;
		this.callers = callers;
		this.tickets = tickets;
		this.feeds = feeds;
	}

	/**
	 * Ends all streams of a user who has logged out, on this node, and revokes the user's
	 * tickets, on all nodes. Clients that are still signed in with another session
	 * reconnect and miss nothing. Applications with a log-out of their own must call
	 * this.
	 * @param owner the principal's name
	 */
	public void closeAll(String owner) {
		this.tickets.revokeAll(owner);
		this.feeds.closeAll(owner);
	}

	/**
	 * Whether another caller waits for a job on this node. The id is reserved for the
	 * first caller with a known name who waits for it, as long as any stream waits.
	 * @param job the job, which does not exist yet
	 * @param caller name of the caller who would start it; {@code null} if it is not
	 * known
	 * @return {@code true} if so
	 */
	public boolean isAwaitedByAnother(JobId job, @Nullable String caller) {
		return this.feeds.isAwaitedByAnother(job, caller);
	}

	/**
	 * Finds the caller of a request.
	 * @param exchange the request
	 * @return the caller; fails if the application's {@link CallerResolver} does, which
	 * is logged
	 */
	public Mono<Caller> caller(ServerWebExchange exchange) {
		return ask(() -> this.callers.resolve(exchange))
			.switchIfEmpty(Mono.error(() -> new IllegalStateException(
					"The caller resolver must return a caller, at least Caller.UNKNOWN, but returned none")))
			.onErrorMap((ex) -> {
				this.warnings.warn("Callers cannot be identified, because " + this.callers.getClass().getName()
						+ " fails; requests that need it get status 500", ex);
				return new UnresolvedCallerException();
			});
	}

	/**
	 * Finds the caller of a request for a stream, which may have a ticket instead of
	 * other credentials.
	 * @return the caller; a {@link BadTicketException} if the ticket is not valid;
	 * another error if the ticket store is unreachable
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
	 * @param caller the caller
	 * @param job the job
	 * @param action the action
	 * @return {@code true} if so; {@code false} also if the policy fails, which is logged
	 */
	public Mono<Boolean> permits(Caller caller, JobInfo job, JobAccessPolicy.Action action) {
		return ask(() -> this.policy.permits(caller.principal(), job, action)).onErrorResume((ex) -> {
			this.warnings
				.warn("All jobs are hidden from callers, because " + this.policy.getClass().getName() + " fails", ex);
			return Mono.just(false);
		}).defaultIfEmpty(false);
	}

	/**
	 * Asks the policy whether a caller may list an owner's jobs.
	 * @param caller who asks
	 * @param owner whose jobs; {@code null} for those of all owners and of none
	 * @return {@code true} if so; {@code false} also if the policy fails, which is logged
	 */
	public Mono<Boolean> mayList(Caller caller, @Nullable String owner) {
		return ask(() -> this.policy.mayList(caller.principal(), owner)).onErrorResume((ex) -> {
			this.warnings.warn("Lists of jobs are refused, because " + this.policy.getClass().getName() + " fails", ex);
			return Mono.just(false);
		}).defaultIfEmpty(false);
	}

	/**
	 * Whether a caller would get a stream of a job, even if it then only waits for the
	 * job; an error if the store is unreachable.
	 */
	Mono<Boolean> admits(Caller caller, JobId job) {
		return this.feeds.admits(job, (known) -> permits(caller, known, JobAccessPolicy.Action.WATCH));
	}

	/**
	 * Calls application code, which may throw anything.
	 */
	static <T> Mono<T> ask(Supplier<Mono<T>> question) {
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
	 * A filter that accepted the ticket may know more about its holder than the name.
	 */
	private Mono<Caller> asSeen(Caller holder, ServerRequest request) {
		return caller(request.exchange()).filter((seen) -> Objects.equals(seen.name(), holder.name()))
			.map((seen) -> new Caller(seen.principal(), holder.gone(), holder.expiresAt(), holder.authorities()))
			.defaultIfEmpty(holder);
	}

	static final class UnresolvedCallerException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		UnresolvedCallerException() {
			super("The caller of the request cannot be identified; the log says why", null, false, false);
		}

	}

	static final class BadTicketException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		BadTicketException() {
			super("The ticket is not valid", null, false, false);
		}

	}

}
