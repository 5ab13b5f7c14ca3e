package io.progress.sse.web;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;

/**
 * Tickets for clients that can send neither a cookie nor a header with a stream, such as
 * a browser's EventSource on a page of another site. A ticket is good once, shortly, and
 * for one job; it stands for the caller it was given to. Tickets live in this node's
 * memory.
 *
 * <p>
 * Streams take a ticket from the query parameter {@value JobAccess#TICKET}, those of
 * {@code progress.sse.routes.*}, too. A controller of the application's own that streams
 * a job takes it itself, and finds out who is there:
 *
 * <pre>{@code
 * Caller caller = tickets.redeem(ticket, job);
 * if (caller == null) {
 *     throw new ResponseStatusException(HttpStatus.UNAUTHORIZED);
 * }
 * }</pre>
 *
 * Such a controller's URL has to be open to callers that are not signed in. It may also
 * {@linkplain #issue give out} tickets, next to {@code POST {path}/jobs/{id}/tickets}.
 */
public final class StreamTickets {

	private static final int SECRET_BYTES = 32;

	/** Oldest first, which is the order in which they expire. */
	private final Map<String, Ticket> tickets = new LinkedHashMap<>();

	private final Map<String, Integer> perOwner = new HashMap<>();

	private final SecureRandom random = new SecureRandom();

	private final Settings settings;

	private final LongSupplier nanoTime;

	private long refused;

	/**
	 * Creates an empty store of tickets.
	 * @param settings the settings
	 * @param nanoTime measures time, like {@link System#nanoTime()}
	 */
	public StreamTickets(Settings settings, LongSupplier nanoTime) {
		this.settings = settings;
		this.nanoTime = nanoTime;
	}

	/**
	 * Gives out a ticket. Nobody is asked whether there is such a job and whose it is:
	 * the stream finds out.
	 * @param job the job it is for
	 * @param caller who it stands for; must be known
	 * @return the ticket, of {@code [A-Za-z0-9_-]}; empty if too many are out
	 */
	public synchronized Optional<String> issue(JobId job, Caller caller) {
		String owner = caller.name();
		if (owner == null) {
			throw new IllegalArgumentException("'caller' must be known to get a ticket");
		}
		long now = this.nanoTime.getAsLong();
		dropExpired(now);
		if (this.tickets.size() >= this.settings.max()
				|| this.perOwner.getOrDefault(owner, 0) >= this.settings.maxPerOwner()) {
			this.refused++;
			return Optional.empty();
		}
		byte[] secret = new byte[SECRET_BYTES];
		this.random.nextBytes(secret);
		String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
		this.tickets.put(ticket, new Ticket(job, caller, owner, now));
		this.perOwner.merge(owner, 1, Integer::sum);
		return Optional.of(ticket);
	}

	/**
	 * Who a ticket stands for, without taking it: for filters before the stream.
	 * @param ticket what the client sent
	 * @param job the job it wants
	 * @return the caller; {@code null} if the ticket is not good for this job
	 */
	public synchronized @Nullable Caller peek(String ticket, JobId job) {
		dropExpired(this.nanoTime.getAsLong());
		Ticket found = this.tickets.get(ticket);
		return (found != null && found.job().equals(job) && !found.caller().gone().getAsBoolean()) ? found.caller()
				: null;
	}

	/**
	 * Takes a ticket, which is good no more.
	 * @param ticket what the client sent
	 * @param job the job it wants
	 * @return who it stood for; {@code null} if the ticket is not good for this job
	 */
	public synchronized @Nullable Caller redeem(String ticket, JobId job) {
		Caller caller = peek(ticket, job);
		if (caller != null) {
			forget(this.tickets.remove(ticket));
		}
		return caller;
	}

	/**
	 * Takes back all tickets of a caller.
	 * @param owner the caller's name
	 */
	public synchronized void revokeAll(String owner) {
		if (this.perOwner.remove(owner) != null) {
			this.tickets.values().removeIf((ticket) -> ticket.owner().equals(owner));
		}
	}

	/**
	 * How many tickets are out.
	 * @return the number
	 */
	public synchronized int outstanding() {
		dropExpired(this.nanoTime.getAsLong());
		return this.tickets.size();
	}

	/**
	 * How many tickets were refused because too many were out.
	 * @return the number since the start
	 */
	public synchronized long refused() {
		return this.refused;
	}

	Duration ttl() {
		return this.settings.ttl();
	}

	private void dropExpired(long now) {
		Iterator<Ticket> oldest = this.tickets.values().iterator();
		while (oldest.hasNext()) {
			Ticket ticket = oldest.next();
			if (now - ticket.issuedAt() < this.settings.ttl().toNanos()) {
				return;
			}
			oldest.remove();
			forget(ticket);
		}
	}

	private void forget(@Nullable Ticket ticket) {
		if (ticket != null) {
			this.perOwner.computeIfPresent(ticket.owner(), (owner, count) -> (count > 1) ? count - 1 : null);
		}
	}

	private record Ticket(JobId job, Caller caller, String owner, long issuedAt) {

	}

	/**
	 * Settings of tickets.
	 *
	 * @param ttl how long a ticket is good
	 * @param max how many may be out in all
	 * @param maxPerOwner how many may be out to one caller
	 */
	public record Settings(Duration ttl, int max, int maxPerOwner) {

		/** All defaults. */
		public static final Settings DEFAULTS = new Settings(Duration.ofSeconds(30), 10_000, 100);

	}

}
