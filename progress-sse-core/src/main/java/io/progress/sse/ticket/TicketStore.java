package io.progress.sse.ticket;

import java.time.Duration;

import reactor.core.publisher.Mono;

/**
 * Keeps tickets until they are taken. A ticket can be taken once, on any node, and not at
 * all after it has expired or its owner's tickets were revoked.
 *
 * <p>
 * Tickets are kept under names that do not reveal them: a name is the SHA-256 digest of a
 * ticket and its job, in hexadecimal digits, so read access to the store is not enough to
 * open streams.
 *
 * <p>
 * Implementations are safe for use by many threads, bounded, and never block; work starts
 * at subscription. Times are those of the store's own clock. While the store is
 * unreachable every call fails, at the latest after a few seconds.
 */
public interface TicketStore {

	/** The longest life of a ticket. It is short because tickets are sent in URLs. */
	Duration MAX_TTL = Duration.ofMinutes(5);

	/**
	 * Keeps a ticket.
	 * @param name its unique name, of {@code [0-9a-f]}
	 * @param ticket the ticket
	 * @param ttl how long it is kept; positive and at most {@link #MAX_TTL}
	 * @return {@code false} if the store is full
	 */
	Mono<Boolean> put(String name, Ticket ticket, Duration ttl);

	/**
	 * Returns a ticket without taking it.
	 * @param name its name
	 * @return the ticket; empty if there is none
	 */
	Mono<Ticket> find(String name);

	/**
	 * Takes a ticket. Of several callers at the same time one gets it.
	 * @param name its name
	 * @return the ticket; empty if there is none, or no longer
	 */
	Mono<Ticket> take(String name);

	/**
	 * Revokes all tickets of a principal that were put before.
	 * @param owner the principal's name
	 * @return completes when it is done
	 */
	Mono<Void> revokeAll(String owner);

}
