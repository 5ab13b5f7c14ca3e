package io.progress.sse.stream.feed;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * The jobs of one viewer, each of which gets its turn: one that always has something to
 * say does not keep the others from being heard. Confined to the viewer's loop.
 */
final class WatchedJobs {

	static final WatchedJobs NONE = new WatchedJobs(List.of());

	private final List<WatchedJob> jobs;

	/** Index of the job that comes first. */
	private int turn;

	WatchedJobs(List<WatchedJob> jobs) {
		this.jobs = jobs;
	}

	List<WatchedJob> all() {
		return this.jobs;
	}

	/**
	 * Visits the jobs, beginning behind the last one that took its turn.
	 * @param mayGoOn asked before each
	 * @param visit says whether the job took its turn
	 */
	void visit(BooleanSupplier mayGoOn, Predicate<WatchedJob> visit) {
		int first = this.turn;
		for (int i = 0; i < this.jobs.size() && mayGoOn.getAsBoolean(); i++) {
			int index = (first + i) % this.jobs.size();
			if (visit.test(this.jobs.get(index))) {
				this.turn = (index + 1) % this.jobs.size();
			}
		}
	}

	boolean isBehind() {
		return this.jobs.stream().anyMatch(WatchedJob::isBehind);
	}

	boolean isOver() {
		for (WatchedJob each : this.jobs) {
			if (!each.cursor().isOver()) {
				return false;
			}
		}
		return true;
	}

}
