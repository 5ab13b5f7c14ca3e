package io.progress.sse.engine;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the calls on reporters that had no effect.
 *
 * @param late calls whose job or part had ended
 * @param refused calls with numbers that cannot be
 */
record CallCounts(LongAdder late, LongAdder refused) {

	CallCounts() {
		this(new LongAdder(), new LongAdder());
	}

}
