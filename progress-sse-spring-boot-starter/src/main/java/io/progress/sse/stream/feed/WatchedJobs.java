package io.progress.sse.stream.feed;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The jobs of one viewer, visited in turn, so that a job with many events does not keep
 * back the events of the others. Used only on the viewer's loop.
 */
final class WatchedJobs {

	static final WatchedJobs NONE = new WatchedJobs(List.of());

	/** Replaced, not changed: a job may come or go while they are visited. */
	private List<WatchedJob> jobs;

	/** Index of the job to visit first. */
	private int turn;

	WatchedJobs(List<WatchedJob> jobs) {
		this.jobs = jobs;
	}

	List<WatchedJob> all() {
		return this.jobs;
	}

	void add(WatchedJob job) {
		this.jobs = Stream.concat(this.jobs.stream(), Stream.of(job)).toList();
	}

	void remove(WatchedJob job) {
		this.jobs = this.jobs.stream().filter((each) -> each != job).toList();
	}

	/**
	 * Visits the jobs, beginning after the last one that emitted something.
	 * @param mayGoOn called before each visit
	 * @param visit returns whether the job emitted something
	 */
	void visit(BooleanSupplier mayGoOn, Predicate<WatchedJob> visit) {
		List<WatchedJob> visited = this.jobs;
		int first = this.turn;
		for (int i = 0; i < visited.size() && mayGoOn.getAsBoolean(); i++) {
			int index = (first + i) % visited.size();
			if (visit.test(visited.get(index))) {
				this.turn = (index + 1) % visited.size();
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
