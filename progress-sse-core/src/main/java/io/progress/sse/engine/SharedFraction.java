package io.progress.sse.engine;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The parts without weight of a node, which share its fraction where it says nothing
 * itself: a nested tracked call, for instance, that does all the work. Used under the
 * job's lock.
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
	 * What the parts say together: each has the same share, those that ended count in
	 * full.
	 * @param open the parts that have not ended, summed up
	 * @return from 0.0 to 1.0, {@code NaN} if none ever knew, or there are parts with
	 * weights
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
	 * The part whose counts can stand for all: the only one that is open, else the last.
	 * @return the part; {@code null} if there is none, or several are open
	 */
	@Nullable WorkNode newest(List<WorkNode> open) {
		return (open.size() <= 1) ? this.newest : null;
	}

}
