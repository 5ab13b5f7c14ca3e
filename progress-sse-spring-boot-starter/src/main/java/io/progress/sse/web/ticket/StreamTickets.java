package io.progress.sse.web.ticket;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
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
 * a browser's EventSource on a page of another site. A ticket is good once, shortly, and
 * for one job; it stands for the caller it was given to. It is good on all nodes that
 * share a {@link TicketStore}.
 *
 * <p>
 * Streams take a ticket from the query parameter {@value JobAccess#TICKET}, those of
 * {@code progress.sse.routes.*}, too. A controller of the application's own that streams
 * a job takes it itself, and finds out who is there. It may return this as it is, from
 * WebFlux and from Spring MVC:
 *
 * <pre>{@code
 * return tickets.redeem(ticket, job)
 *     .switchIfEmpty(Mono.error(() -> new ResponseStatusException(HttpStatus.UNAUTHORIZED)))
 *     .flatMapMany((caller) -> eventsFor(caller.name(), job));
 * }</pre>
 *
 * A Spring MVC controller that would rather wait asks for
 * {@code tickets.redeem(ticket, job).block()}, which is {@code null} if the ticket is not
 * good.
 *
 * <p>
 * Such a controller's URL has to be open to callers that are not signed in. It may also
 * {@linkplain #issue give out} tickets, next to {@code POST {path}/jobs/{id}/tickets}.
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

	/**
	 * Creates the tickets.
	 * @param settings the settings
	 * @param store where tickets are kept
	 * @param nanoTime measures time, like {@link System#nanoTime()}
	 * @param clock tells when the credentials expire that tickets were given out for
	 */
	public StreamTickets(TicketSettings settings, TicketStore store, LongSupplier nanoTime, Clock clock) {
		this.settings = settings;
		this.store = store;
		this.issued = new IssuedTickets(settings, nanoTime);
		this.clock = clock;
	}

	/**
	 * Gives out a ticket. Nobody is asked whether there is such a job and whose it is:
	 * the stream finds out.
	 * @param job the job it is for
	 * @param caller who it stands for; must be known
	 * @return the ticket, of {@code [A-Za-z0-9_-]}; empty if this node has given out too
	 * many; an error if the store is out of reach
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
					: Mono.empty();
		});
	}

	/**
	 * Who a ticket stands for, without taking it: for filters before the stream.
	 * @param ticket what the client sent
	 * @param job the job it wants
	 * @return the caller; empty if the ticket is not good for this job; an error if the
	 * store is out of reach
	 */
	public Mono<Caller> peek(String ticket, JobId job) {
		return caller(ticket, job, this.store::find, this.issued::find);
	}

	/**
	 * Takes a ticket, which is good no more, here and on other nodes.
	 * @param ticket what the client sent
	 * @param job the job it wants; a ticket for another job stays good for that
	 * @return who it stood for; empty if the ticket is not good for this job; an error if
	 * the store is out of reach
	 */
	public Mono<Caller> redeem(String ticket, JobId job) {
		return caller(ticket, job, this.store::take, this.issued::take);
	}

	/**
	 * Whether no more than the name of a ticket's holder is known here, because another
	 * node has given out the ticket.
	 * @param holder who a ticket stands for
	 * @return {@code true} if so
	 */
	public static boolean isKnownByNameOnly(Caller holder) {
		return holder.principal() instanceof TicketHolder;
	}

	/**
	 * Takes back all tickets of a caller, those that other nodes have given out, too.
	 * Does not wait for the store; while that is out of reach no ticket is good, and it
	 * is tried again for as long as one could be.
	 * @param owner the caller's name
	 */
	public void revokeAll(String owner) {
		this.issued.takeAll(owner);
		this.store.revokeAll(owner)
			.retryWhen(Retry.fixedDelay(Math.max(1, this.settings.ttl().dividedBy(RETRY)), RETRY))
			.subscribe((done) -> {
			}, (ex) -> {
				// By now they have expired.
			});
	}

	/**
	 * How many tickets this node has given out that are good, as far as it knows: it does
	 * not hear of those that other nodes take.
	 * @return the number
	 */
	public int outstanding() {
		return this.issued.size();
	}

	/**
	 * How many tickets were refused because too many were out.
	 * @return the number since the start
	 */
	public long refused() {
		return this.issued.refused();
	}

	/**
	 * How long a ticket is good.
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

	/** With the job in it, a ticket is not found for another one, and so not spent. */
	private static String name(String ticket, JobId job) {
		return Sha256.hex(ticket + " " + job.value());
	}

}
