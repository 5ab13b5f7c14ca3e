package io.progress.sse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.LongAdder;

/**
 * Units done, counted either by adding, from any thread, or by setting, from one. What
 * was set is kept as its distance from what was added, so neither needs to know of the
 * other. The sampler must see what a loop writes, hence the opaque write: a plain one may
 * be folded away, and a volatile one buys nothing.
 */
final class WorkCounter {

	private static final VarHandle DISTANCE;

	static {
		try {
			DISTANCE = MethodHandles.lookup().findVarHandle(WorkCounter.class, "distance", long.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final LongAdder added = new LongAdder();

	@SuppressWarnings("unused")
	private long distance;

	void add(long units) {
		this.added.add(units);
	}

	void set(long units) {
		DISTANCE.setOpaque(this, units - this.added.sum());
	}

	long count() {
		return (long) DISTANCE.getOpaque(this) + this.added.sum();
	}

}
