package io.progress.sse.ticket;

import java.time.Duration;

import reactor.core.publisher.Mono;

/**
 * Keeps tickets until they are taken. A ticket is taken once, no matter who asks and on
 * whichever node, and not at all once its time is over or its owner's tickets were taken
 * back.
 *
 * <p>
 * Tickets are kept under names that do not give them away: a name is the SHA-256 digest
 * of a ticket and its job, in hexadecimal digits, so who can read the store cannot open
 * streams.
 *
 * <p>
 * Implementations are safe for use by many threads, bounded, and never block; work starts
 * at subscription. Times are those of the store's own clock. While the store is out of
 * reach everything fails, and nothing waits for longer than a few seconds.
 */
public interface TicketStore {

	/** The longest time that a ticket is kept: tickets are sent in URLs. */
	Duration MAX_TTL = Duration.ofMinutes(5);

	/**
	 * Keeps a ticket.
	 * @param name where it is found, of {@code [0-9a-f]}; no other ticket has it
	 * @param ticket the ticket
	 * @param ttl how long it is kept; positive and at most {@link #MAX_TTL}
	 * @return {@code false} if the store is full
	 */
	Mono<Boolean> put(String name, Ticket ticket, Duration ttl);

	/**
	 * Looks at a ticket and leaves it where it is.
	 * @param name where it was put
	 * @return the ticket; empty if there is none
	 */
	Mono<Ticket> find(String name);

	/**
	 * Takes a ticket. Of many who do so at the same time one gets it.
	 * @param name where it was put
	 * @return the ticket; empty if there is none (any more)
	 */
	Mono<Ticket> take(String name);

	/**
	 * Takes back all tickets of a principal: what was put before is not found afterwards.
	 * @param owner the principal's name
	 * @return completes when it is done
	 */
	Mono<Void> revokeAll(String owner);

}
