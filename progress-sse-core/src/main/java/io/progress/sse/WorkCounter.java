package io.progress.sse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.LongAdder;

/**
 * Units done, counted either by adding, from any thread, or by setting, from one. The
 * sampler must see what a loop writes, so the cell is written opaquely: a plain write may
 * be folded away, and a volatile one buys nothing.
 */
final class WorkCounter {

	private static final VarHandle CELL;

	static {
		try {
			CELL = MethodHandles.lookup().findVarHandle(WorkCounter.class, "cell", long.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final LongAdder added = new LongAdder();

	@SuppressWarnings("unused")
	private long cell;

	private volatile long mark;

	private volatile boolean absolute;

	void add(long units) {
		if (this.absolute) {
			this.absolute = false;
		}
		this.added.add(units);
	}

	/**
	 * Sets the count. After additions, what was added so far is taken out of it first.
	 */
	void set(long units) {
		if (!this.absolute) {
			this.mark = this.added.sum();
			this.absolute = true;
		}
		CELL.setOpaque(this, units);
	}

	long count() {
		return (long) CELL.getOpaque(this) + this.added.sum() - this.mark;
	}

	void reset() {
		this.absolute = false;
		CELL.setOpaque(this, 0L);
		this.mark = this.added.sum();
	}

}
