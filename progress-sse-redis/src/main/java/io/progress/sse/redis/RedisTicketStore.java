package io.progress.sse.redis;

import java.time.Duration;
import java.util.UUID;

import io.lettuce.core.SetArgs;
import reactor.core.publisher.Mono;

import io.progress.sse.redis.connection.RedisLink;
import io.progress.sse.support.Sha256;
import io.progress.sse.ticket.Ticket;
import io.progress.sse.ticket.TicketStore;

/**
 * Keeps tickets in Redis 6.2 or later, or Valkey, where a {@link RedisProgressEventStore}
 * keeps jobs: a ticket that one node has issued is valid on all nodes that share its
 * Redis and prefix.
 *
 * <p>
 * With the prefix {@code progress} there are one key for each ticket, and one for each
 * principal whose tickets were revoked:
 *
 * <pre class="code">
 * SET     progress:{<i>name of the ticket</i>}:ticket     {"owner":"alice","authorities":["ROLE_USER"],"expiresAt":1763654400123,"left":""}  PX 30000
 * GET     progress:{<i>name of the ticket</i>}:ticket     to read it
 * GETDEL  progress:{<i>name of the ticket</i>}:ticket     to take it
 * SET     progress:{<i>SHA-256 of the owner</i>}:left     a random mark  PX 310000
 * </pre>
 *
 * A ticket contains the mark that its owner had when it was put, and is valid as long as
 * the owner has the same mark. So all tickets of an owner can be revoked at once, without
 * a clock. The mark lives longer than every ticket that was put before it. Putting and
 * taking a ticket take two round trips each, on the connection of the store.
 *
 * <p>
 * In a crash or a failover, Redis may lose acknowledged data. A lost ticket is refused. A
 * ticket that was used or revoked just before a failover may be valid once more until it
 * expires.
 */
final class RedisTicketStore implements TicketStore {

	/** How long a mark lives: longer than all tickets that were put before it. */
	private static final Duration MARK_TTL = MAX_TTL.plusSeconds(10);

	private final RedisLink link;

	private final String keyPrefix;

	/**
	 * Creates a store.
	 * @param jobs the store of the jobs; its connection and prefix are also used for
	 * tickets, until it is closed
	 */
	public RedisTicketStore(RedisProgressEventStore jobs) {
		this.link = jobs.link();
		this.keyPrefix = jobs.keyPrefix();
	}

	/**
	 * {@inheritDoc}
	 * @return always {@code true}; an {@link IllegalArgumentException} if owner and
	 * authorities take more than 64 KiB
	 */
	@Override
	public Mono<Boolean> put(String name, Ticket ticket, Duration ttl) {
		return mark(ticket.owner()).map((mark) -> TicketDocument.write(ticket, mark))
			.flatMap((json) -> this.link.call((redis) -> redis.set(key(name), json, SetArgs.Builder.px(ttl))))
			.thenReturn(true);
	}

	@Override
	public Mono<Ticket> find(String name) {
		return this.link.call((redis) -> redis.get(key(name))).flatMap(this::good);
	}

	@Override
	public Mono<Ticket> take(String name) {
		return this.link.call((redis) -> redis.getdel(key(name))).flatMap(this::good);
	}

	@Override
	public Mono<Void> revokeAll(String owner) {
		return this.link
			.call((redis) -> redis.set(markKey(owner), JobKeys.bytes(UUID.randomUUID().toString()),
					SetArgs.Builder.px(MARK_TTL)))
			.then();
	}

	private Mono<Ticket> good(byte[] json) {
		return Mono.justOrEmpty(TicketDocument.read(json))
			.filterWhen((document) -> mark(document.ticket().owner())
				.map((mark) -> mark.isEmpty() || mark.equals(document.left())))
			.map(TicketDocument::ticket);
	}

	/** Returns the owner's mark; an empty text if there is none. */
	private Mono<String> mark(String owner) {
		return this.link.call((redis) -> redis.get(markKey(owner))).map(JobKeys::text).defaultIfEmpty("");
	}

	private byte[] key(String name) {
		return JobKeys.bytes(this.keyPrefix + ":{" + name + "}:ticket");
	}

	private byte[] markKey(String owner) {
		return JobKeys.bytes(this.keyPrefix + ":{" + Sha256.hex(owner) + "}:left");
	}

}
