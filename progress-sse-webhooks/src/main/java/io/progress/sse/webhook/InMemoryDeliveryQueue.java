package io.progress.sse.webhook;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.progress.sse.store.memory.InMemoryProgressEventStore;
import io.progress.sse.support.SettingRule;
import io.progress.sse.support.SteadyTime;

/**
 * Keeps deliveries in the memory of this process. They are lost at a restart, like the
 * jobs of an {@link InMemoryProgressEventStore}.
 */
public final class InMemoryDeliveryQueue implements DeliveryQueue {

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<String, Claim> byId = new HashMap<>();

	/** When each delivery is due; a claimed one is due when its claim is over. */
	private final TreeSet<Claim> byTime = new TreeSet<>(
			Comparator.comparingLong(Claim::until).thenComparing((claim) -> claim.delivery().id()));

	private final LongSupplier time;

	private final int capacity;

	/**
	 * Creates a queue.
	 * @param clock decides what is due; may be set back
	 * @param capacity how many deliveries it holds at most; at least 1
	 * @throws IllegalArgumentException if the capacity is smaller
	 */
	public InMemoryDeliveryQueue(Clock clock, int capacity) {
		this.time = SteadyTime.of(clock);
		this.capacity = SettingRule.isAtLeast("capacity", capacity, 1);
	}

	@Override
	public Mono<Boolean> put(Delivery delivery, Duration delay) {
		return locked(() -> {
			Claim known = this.byId.get(delivery.id());
			if (known == null && this.byId.size() >= this.capacity) {
				return false;
			}
			long due = after(delay);
			if (known == null || due < known.until()) {
				replace(known, new Claim((known != null) ? known.delivery() : delivery, due));
			}
			return true;
		});
	}

	@Override
	public Mono<List<Claim>> claim(int limit, Duration hold) {
		return locked(() -> {
			List<Claim> claims = new ArrayList<>();
			long now = this.time.getAsLong();
			long until = after(hold);
			while (claims.size() < limit && !this.byTime.isEmpty() && this.byTime.first().until() <= now) {
				Claim due = this.byTime.first();
				Claim claim = new Claim(due.delivery(), until);
				replace(due, claim);
				claims.add(claim);
			}
			return claims;
		});
	}

	@Override
	public Mono<Boolean> putBack(Claim claim, Delivery delivery, Duration delay) {
		return locked(() -> {
			Claim known = this.byId.get(delivery.id());
			boolean held = known != null && known.until() == claim.until();
			if (held) {
				replace(known, new Claim(delivery, after(delay)));
			}
			return held;
		});
	}

	@Override
	public Mono<Boolean> remove(Delivery delivery) {
		return locked(() -> {
			Claim known = this.byId.remove(delivery.id());
			return known != null && this.byTime.remove(known);
		});
	}

	@Override
	public Mono<Long> size() {
		return locked(() -> (long) this.byId.size());
	}

	private void replace(@Nullable Claim before, Claim after) {
		if (before != null) {
			this.byTime.remove(before);
		}
		this.byId.put(after.delivery().id(), after);
		this.byTime.add(after);
	}

	private long after(Duration delay) {
		return this.time.getAsLong() + delay.toMillis();
	}

	private <T> Mono<T> locked(Supplier<T> action) {
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

}
