package io.progress.sse.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.LongAdder;

/**
 * Units done, counted either by adding, from any thread, or by setting, from one. What
 * was set is kept as its distance from what was added, so neither needs to know of the
 * other. The sampler must see what a loop writes, hence the opaque write: a plain one may
 * be folded away, and a volatile one buys nothing. It is an adder rather than having one,
 * because a tick over many jobs costs as much as it touches objects.
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

	/** What can be added without a thought of the largest number there is. */
	private static final int SMALL_BITS = 20;

	@SuppressWarnings("unused")
	private long distance;

	/**
	 * Whether a number is negative, or too large to be simply {@link #add added}.
	 */
	static boolean unusual(long units) {
		return units >>> SMALL_BITS != 0;
	}

	/**
	 * The sum of two numbers that are not negative, or the largest that there is.
	 */
	static long sum(long one, long other) {
		long sum = one + other;
		return (sum < 0) ? Long.MAX_VALUE : sum;
	}

	/**
	 * Adds a large number, up to the largest that there is.
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
	 * Counts wrap around only by small numbers, so that a negative one is just beyond the
	 * largest.
	 */
	private long count(long distance) {
		long count = distance + sum();
		return (count < 0) ? Long.MAX_VALUE : count;
	}

}
