package io.progress.sse.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;

/**
 * The viewers of one server, and what they have seen since {@link #begin()}. Confined to
 * the client's thread.
 */
final class Audience {

	private final List<Viewer> viewers = new ArrayList<>();

	private final Positions positions = new Positions();

	private final Histogram latencyMicros = new Histogram(TimeUnit.MINUTES.toMicros(5), 2);

	private long nowMicros;

	private int opened;

	private int refused;

	private int left;

	private long events;

	private long disorder;

	private boolean paced;

	List<Viewer> viewers() {
		return this.viewers;
	}

	/**
	 * Forgets what was seen.
	 * @param paced whether the slowest viewer is to be known
	 */
	void begin(boolean paced) {
		this.latencyMicros.reset();
		this.events = 0;
		this.disorder = 0;
		this.paced = paced;
		this.positions.clear();
		this.viewers.forEach((viewer) -> this.positions.add(viewer.number()));
	}

	void at(long nowMicros) {
		this.nowMicros = nowMicros;
	}

	void onOpen(int status) {
		if (status == 200) {
			this.opened++;
		}
		else {
			this.refused++;
		}
	}

	void onLeft(Viewer viewer) {
		this.left++;
		this.viewers.remove(viewer);
	}

	void onEvent(long before, long number, long dueMicros) {
		this.events++;
		if (number <= before) {
			this.disorder++;
			return;
		}
		this.latencyMicros.recordValue(Math.max(0, Math.min(this.nowMicros - dueMicros, TimeUnit.MINUTES.toMicros(5))));
		if (this.paced) {
			this.positions.move(before, number);
		}
	}

	/**
	 * Number of the last event that every viewer has got past or to.
	 */
	long floor() {
		return this.positions.lowest();
	}

	int opened() {
		return this.opened;
	}

	Seen seen() {
		return new Seen(this.events, this.disorder, this.refused, this.left, this.latencyMicros.copy());
	}

	/**
	 * What an audience has seen.
	 *
	 * @param events events delivered
	 * @param disorder events that came twice or too late
	 * @param refused viewers that were not let in
	 * @param left viewers whose stream has ended
	 * @param latencyMicros time from when an event was due to its arrival
	 */
	record Seen(long events, long disorder, int refused, int left, Histogram latencyMicros) {

		double millisAt(double percentile) {
			return this.latencyMicros.getValueAtPercentile(percentile) / 1000.0;
		}

	}

}
