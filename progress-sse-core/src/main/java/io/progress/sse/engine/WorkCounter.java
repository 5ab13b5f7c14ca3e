package io.progress.sse.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts units, either by adding from any thread or by setting from one thread. A set
 * value is stored as its difference from the added sum, so that both ways are
 * independent. The sampler must see what a loop writes, hence the opaque write: the
 * compiler may remove plain ones, and a volatile one would cost more without a benefit.
 * It extends an adder rather than holding one, because fewer objects make a tick over
 * many jobs cheaper.
 */
final class WorkCounter extends LongAdder {

	private static final long serialVersionUID = 1L;

	private static final VarHandle DISTANCE;

	static {
		try {
			DISTANCE = MethodHandles.lookup().findVarHandle(WorkCounter.class, "distance", long.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	/** The largest number that can be added without a check for overflow. */
	private static final int SMALL_BITS = 20;

	@SuppressWarnings("unused")
	private long distance;

	/**
	 * Whether a number is negative, or too large for {@link #add} without a check for
	 * overflow.
	 */
	static boolean unusual(long units) {
		return units >>> SMALL_BITS != 0;
	}

	/**
	 * Returns the sum of two numbers that are not negative, at most
	 * {@link Long#MAX_VALUE}.
	 */
	static long sum(long one, long other) {
		long sum = one + other;
		return (sum < 0) ? Long.MAX_VALUE : sum;
	}

	/**
	 * Adds a large number; the sum is at most {@link Long#MAX_VALUE}.
	 */
	void addLarge(long units) {
		long before;
		long more;
		do {
			before = (long) DISTANCE.getOpaque(this);
			more = Math.min(units, Long.MAX_VALUE - count(before));
		}
		while (!DISTANCE.compareAndSet(this, before, before + more));
	}

	void set(long units) {
		DISTANCE.setOpaque(this, units - sum());
	}

	long count() {
		return count((long) DISTANCE.getOpaque(this));
	}

	/**
	 * Returns the count. A negative sum means that small additions have passed
	 * {@link Long#MAX_VALUE}.
	 */
	private long count(long distance) {
		long count = distance + sum();
		return (count < 0) ? Long.MAX_VALUE : count;
	}

}
