package io.progress.sse.benchmarks.load;

import java.util.Arrays;

/**
 * The positions of all viewers. The slowest one is known without a search.
 */
final class Positions {

	/** More than any of them may be ahead of the slowest. */
	private static final int SPAN = 1 << 12;

	private final int[] viewersAt = new int[SPAN];

	private long lowest;

	private long highest;

	void clear() {
		Arrays.fill(this.viewersAt, 0);
		this.lowest = Long.MAX_VALUE;
		this.highest = 0;
	}

	void add(long number) {
		this.viewersAt[index(number)]++;
		this.lowest = Math.min(this.lowest, number);
		this.highest = Math.max(this.highest, number);
	}

	void move(long from, long to) {
		this.viewersAt[index(from)]--;
		this.viewersAt[index(to)]++;
		this.highest = Math.max(this.highest, to);
		while (this.lowest < this.highest && this.viewersAt[index(this.lowest)] == 0) {
			this.lowest++;
		}
	}

	long lowest() {
		return this.lowest;
	}

	private static int index(long number) {
		return (int) (number & (SPAN - 1));
	}

}
