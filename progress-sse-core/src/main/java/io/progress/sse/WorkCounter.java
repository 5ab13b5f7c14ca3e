package io.progress.sse;

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

	@SuppressWarnings("unused")
	private long distance;

	void set(long units) {
		DISTANCE.setOpaque(this, units - sum());
	}

	long count() {
		return (long) DISTANCE.getOpaque(this) + sum();
	}

}
