package io.progress.sse.redis;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import io.progress.sse.store.AppendResult.Status;

/**
 * Counts what happens to a store.
 */
final class StoreCounters {

	private final Map<Status, LongAdder> appends = new EnumMap<>(Status.class);

	private final Map<RedisFailure, LongAdder> failures = new EnumMap<>(RedisFailure.class);

	private final LongAdder lanesLost = new LongAdder();

	private final LongAdder milestonesDropped = new LongAdder();

	StoreCounters() {
		for (Status each : Status.values()) {
			this.appends.put(each, new LongAdder());
		}
		for (RedisFailure each : RedisFailure.values()) {
			this.failures.put(each, new LongAdder());
		}
	}

	void appended(Status status) {
		adder(this.appends, status).increment();
	}

	RedisFailure failed(Throwable error) {
		RedisFailure failure = RedisFailure.of(error);
		adder(this.failures, failure).increment();
		return failure;
	}

	void milestonesDropped(long milestones) {
		this.milestonesDropped.add(milestones);
	}

	long milestonesDropped() {
		return this.milestonesDropped.sum();
	}

	void laneLost() {
		this.lanesLost.increment();
	}

	Map<String, Long> appendsByStatus() {
		return sums(this.appends);
	}

	Map<String, Long> failuresByKind() {
		return sums(this.failures);
	}

	long lanesLost() {
		return this.lanesLost.sum();
	}

	private static Map<String, Long> sums(Map<? extends Enum<?>, LongAdder> adders) {
		Map<String, Long> sums = new LinkedHashMap<>();
		adders.forEach((key, adder) -> sums.put(key.name().toLowerCase(Locale.ROOT), adder.sum()));
		return sums;
	}

	private static <K extends Enum<K>> LongAdder adder(Map<K, LongAdder> adders, K key) {
		LongAdder adder = adders.get(key);
		if (adder == null) {
			throw new IllegalStateException("No counter for " + key);
		}
		return adder;
	}

}
