package io.progress.sse.test;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Throws exceptions and errors in the application's call-backs, at random.
 */
final class ForeignFaults {

	private final Map<String, LongAdder> thrown = new ConcurrentHashMap<>();

	private final AtomicLong calls = new AtomicLong();

	private final long seed;

	ForeignFaults(long seed) {
		this.seed = seed;
	}

	/**
	 * Throws in some of the calls.
	 * @param place the call-back
	 * @param oneIn how many calls there are for each that throws
	 */
	void maybe(String place, int oneIn) {
		SplittableRandom random = new SplittableRandom(this.seed + this.calls.incrementAndGet());
		if (random.nextInt(oneIn) == 0) {
			this.thrown.computeIfAbsent(place, (name) -> new LongAdder()).increment();
			fail(random.nextInt(7));
		}
	}

	/**
	 * The number of failures of each call-back.
	 */
	Map<String, LongAdder> thrown() {
		return this.thrown;
	}

	static void fail(int kind) {
		switch (kind) {
			case 0 -> throw new NoSuchMethodError("made up");
			case 1 -> throw new NoClassDefFoundError("made up");
			case 2 -> throw new StackOverflowError("made up");
			case 3 -> throw new AssertionError("made up");
			case 4 -> throw new OutOfMemoryError("made up");
			case 5 -> throw new Unprintable();
			default -> throw new IllegalStateException("made up");
		}
	}

	/** An exception whose {@code getMessage()} fails. */
	private static final class Unprintable extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@Override
		public String getMessage() {
			throw new IllegalStateException("made up");
		}

	}

}
