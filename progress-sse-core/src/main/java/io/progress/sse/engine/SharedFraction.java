package io.progress.sse.engine;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The parts of a node that have no weight, such as nested tracked calls. They share the
 * node's fraction if the node reports none itself. Used under the job's lock.
 */
final class SharedFraction {

	private @Nullable WorkNode newest;

	private long ended;

	private boolean known;

	void begin(WorkNode part) {
		this.newest = part;
	}

	void end(WorkNode part) {
		this.ended++;
		this.known |= !Double.isNaN(part.done());
	}

	void clear() {
		this.newest = null;
		this.ended = 0;
		this.known = false;
	}

	/**
	 * Returns the mean fraction of the parts; ended parts count in full.
	 * @param open the parts that have not ended, with their fractions computed
	 * @return from 0.0 to 1.0, {@code NaN} if no part ever had a fraction or if there are
	 * parts with weights
	 */
	double of(List<WorkNode> open) {
		double sum = this.ended;
		boolean known = this.known;
		for (WorkNode part : open) {
			double done = part.summedUp();
			if (part.weight() > 0) {
				return Double.NaN;
			}
			if (!Double.isNaN(done)) {
				known = true;
				sum += done;
			}
		}
		return known ? sum / (this.ended + open.size()) : Double.NaN;
	}

	/**
	 * Returns the part whose counts are shown for all: the only open one, else the last
	 * one.
	 * @return the part; {@code null} if there is none or if several are open
	 */
	@Nullable WorkNode newest(List<WorkNode> open) {
		return (open.size() <= 1) ? this.newest : null;
	}

}
