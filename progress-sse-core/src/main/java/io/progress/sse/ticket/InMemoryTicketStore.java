package io.progress.sse.ticket;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.progress.sse.support.SettingRule;

/**
 * Keeps tickets in the memory of this process: they are valid on this node only.
 */
public final class InMemoryTicketStore implements TicketStore {

	private final ReentrantLock lock = new ReentrantLock();

	/** The tickets, oldest first. */
	private final Map<String, Kept> tickets = new LinkedHashMap<>();

	private final LongSupplier nanoTime;

	private final int capacity;

	/**
	 * Creates a store.
	 * @param nanoTime measures time, like {@link System#nanoTime()}
	 * @param capacity how many tickets it holds at most; at least 1
	 * @throws IllegalArgumentException if the capacity is smaller
	 */
	public InMemoryTicketStore(LongSupplier nanoTime, int capacity) {
		this.nanoTime = nanoTime;
		this.capacity = SettingRule.isAtLeast("capacity", capacity, 1);
	}

	@Override
	public Mono<Boolean> put(String name, Ticket ticket, Duration ttl) {
		return locked(() -> {
			dropOldest();
			if (this.tickets.size() >= this.capacity) {
				return false;
			}
			this.tickets.put(name, new Kept(ticket, now(), ttl.toNanos()));
			return true;
		});
	}

	@Override
	public Mono<Ticket> find(String name) {
		return locked(() -> good(this.tickets.get(name)));
	}

	@Override
	public Mono<Ticket> take(String name) {
		return locked(() -> good(this.tickets.remove(name)));
	}

	@Override
	public Mono<Void> revokeAll(String owner) {
		return locked(() -> this.tickets.values().removeIf((kept) -> kept.ticket().owner().equals(owner))).then();
	}

	/**
	 * Removes expired tickets from the oldest on, because tickets that live equally long
	 * expire in order.
	 */
	private void dropOldest() {
		Iterator<Kept> oldest = this.tickets.values().iterator();
		while (oldest.hasNext() && good(oldest.next()) == null) {
			oldest.remove();
		}
	}

	private @Nullable Ticket good(@Nullable Kept kept) {
		return (kept != null && now() - kept.since() < kept.ttl()) ? kept.ticket() : null;
	}

	private long now() {
		return this.nanoTime.getAsLong();
	}

	private <T> Mono<T> locked(Supplier<@Nullable T> action) {
		return Mono.fromSupplier(() -> {
			this.lock.lock();
			try {
				return action.get();
			}
			finally {
				this.lock.unlock();
			}
		});
	}

	/**
	 * A ticket and its expiry time, in nanoseconds.
	 */
	private record Kept(Ticket ticket, long since, long ttl) {

	}

}
