package io.progress.sse.web.ticket;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import io.progress.sse.event.JobId;
import io.progress.sse.support.Sha256;
import io.progress.sse.ticket.Ticket;
import io.progress.sse.ticket.TicketStore;
import io.progress.sse.web.JobAccess;
import io.progress.sse.web.access.Caller;

/**
 * Tickets for clients that can send neither a cookie nor a header with a stream, such as
 * a browser's EventSource on a page of another site. A ticket is valid once, for a short
 * time and for one job; it represents the caller to whom it was issued. It is valid on
 * all nodes that share a {@link TicketStore}.
 *
 * <p>
 * Streams take a ticket from the query parameter {@value JobAccess#TICKET}, also those of
 * {@code progress.sse.routes.*}. An application's own controller that streams a job must
 * redeem the ticket itself. With WebFlux and Spring MVC it may return this:
 *
 * <pre>{@code
 * return tickets.redeem(ticket, job)
 *     .switchIfEmpty(Mono.error(() -> new ResponseStatusException(HttpStatus.UNAUTHORIZED)))
 *     .flatMapMany((caller) -> eventsFor(caller.name(), job));
 * }</pre>
 *
 * A Spring MVC controller may also block: {@code tickets.redeem(ticket, job).block()} is
 * {@code null} if the ticket is not valid.
 *
 * <p>
 * The URL of such a controller must be open to callers that are not signed in. A
 * controller may also {@linkplain #issue issue} tickets, next to {@code POST
 * {path}/jobs/{id}/tickets}.
 */
public final class StreamTickets {

	private static final int SECRET_BYTES = 32;

	private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

	private static final Duration RETRY = Duration.ofSeconds(1);

	private final SecureRandom random = new SecureRandom();

	private final TicketSettings settings;

	private final TicketStore store;

	private final IssuedTickets issued;

	private final Clock clock;

	private final LongAdder kept = new LongAdder();

	private final LongAdder redeemed = new LongAdder();

	/**
	 * Creates the tickets.
	 * @param settings the settings
	 * @param store keeps the tickets
	 * @param nanoTime measures time, like {@link System#nanoTime()}
	 * @param clock decides when the callers' credentials expire
	 */
	public StreamTickets(TicketSettings settings, TicketStore store, LongSupplier nanoTime, Clock clock) {
		this.settings = settings;
		this.store = store;
		this.issued = new IssuedTickets(settings, nanoTime);
		this.clock = clock;
	}

	/**
	 * Issues a ticket. Does not check whether the job exists and who owns it: the stream
	 * does.
	 * @param job the job
	 * @param caller the caller whom the ticket represents; must be known
	 * @return the ticket, of {@code [A-Za-z0-9_-]}; empty if this node has issued too
	 * many; an error if the store is unreachable
	 * @throws IllegalArgumentException if the caller is not known
	 */
	public Mono<String> issue(JobId job, Caller caller) {
		String owner = caller.name();
		if (owner == null) {
			throw new IllegalArgumentException("'caller' must be known to get a ticket");
		}
		return Mono.defer(() -> {
			String ticket = newTicket();
			String name = name(ticket, job);
			return this.issued.add(name, caller, owner)
					? keep(name, new Ticket(owner, caller.authorities(), caller.expiresAt())).map((kept) -> ticket)
						.doOnNext((issued) -> this.kept.increment())
					: Mono.empty();
		});
	}

	/**
	 * Returns the caller whom a ticket represents, without using it up: for filters
	 * before the stream.
	 * @param ticket the ticket that the client sent
	 * @param job the job that the client wants
	 * @return the caller; empty if the ticket is not valid for this job; an error if the
	 * store is unreachable
	 */
	public Mono<Caller> peek(String ticket, JobId job) {
		return caller(ticket, job, this.store::find, this.issued::find);
	}

	/**
	 * Uses up a ticket, so that it is no longer valid, on this and other nodes.
	 * @param ticket the ticket that the client sent
	 * @param job the job that the client wants; a ticket for another job is not used up
	 * @return the caller whom it represented; empty if the ticket is not valid for this
	 * job; an error if the store is unreachable
	 */
	public Mono<Caller> redeem(String ticket, JobId job) {
		return caller(ticket, job, this.store::take, this.issued::take).doOnNext((caller) -> this.redeemed.increment());
	}

	/**
	 * Whether only the name of a ticket's caller is known here, because another node has
	 * issued the ticket.
	 * @param holder the caller of a ticket
	 * @return {@code true} if so
	 */
	public static boolean isKnownByNameOnly(Caller holder) {
		return holder.principal() instanceof TicketHolder;
	}

	/**
	 * Revokes all tickets of a caller, also those of other nodes. Does not wait for the
	 * store. While the store is unreachable no ticket is valid, and this is retried until
	 * all tickets have expired.
	 * @param owner the caller's name
	 */
	public void revokeAll(String owner) {
		this.issued.takeAll(owner);
		this.store.revokeAll(owner)
			.retryWhen(Retry.fixedDelay(Math.max(1, this.settings.ttl().dividedBy(RETRY)), RETRY))
			.subscribe((done) -> {
			}, (ex) -> {
				// By now all tickets have expired.
			});
	}

	/**
	 * Returns how many tickets of this node are still valid, as far as it knows: tickets
	 * that were used on other nodes are included.
	 * @return the number
	 */
	public int outstanding() {
		return this.issued.size();
	}

	/**
	 * Returns how many tickets this node has issued.
	 * @return the number since the start
	 */
	public long issued() {
		return this.kept.sum();
	}

	/**
	 * Returns how many tickets were used on this node.
	 * @return the number since the start
	 */
	public long redeemed() {
		return this.redeemed.sum();
	}

	/**
	 * Returns how many tickets were refused because a limit was reached.
	 * @return the number since the start
	 */
	public long refused() {
		return this.issued.refused();
	}

	/**
	 * Returns how long a ticket is valid.
	 * @return the time
	 */
	public Duration ttl() {
		return this.settings.ttl();
	}

	private Mono<Boolean> keep(String name, Ticket ticket) {
		return this.store.put(name, ticket, this.settings.ttl())
			.doOnError((ex) -> this.issued.take(name))
			.filter((kept) -> {
				if (!kept) {
					this.issued.refuse(name);
				}
				return kept;
			});
	}

	private Mono<Caller> caller(String ticket, JobId job, Function<String, Mono<Ticket>> stored,
			Function<String, @Nullable Caller> issued) {
		if (!FORM.matcher(ticket).matches()) {
			return Mono.empty();
		}
		return Mono.defer(() -> {
			String name = name(ticket, job);
			return stored.apply(name)
				.map((found) -> caller(found, issued.apply(name)))
				.filter((caller) -> !caller.gone().getAsBoolean());
		});
	}

	private Caller caller(Ticket ticket, @Nullable Caller issuedTo) {
		if (issuedTo != null) {
			return issuedTo;
		}
		Caller caller = new Caller(new TicketHolder(ticket.owner()), () -> false).withAuthorities(ticket.authorities());
		return (ticket.expiresAt() != null) ? caller.until(ticket.expiresAt(), this.clock) : caller;
	}

	private String newTicket() {
		byte[] secret = new byte[SECRET_BYTES];
		this.random.nextBytes(secret);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
	}

	/**
	 * The name contains the job, so a request for another job does not find the ticket
	 * and does not use it up.
	 */
	private static String name(String ticket, JobId job) {
		return Sha256.hex(ticket + " " + job.value());
	}

}
