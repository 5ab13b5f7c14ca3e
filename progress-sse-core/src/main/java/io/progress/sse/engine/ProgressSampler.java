package io.progress.sse.engine;

import java.time.Duration;

import io.progress.sse.event.Progress;

/**
 * Compares the state of a job with its last published event. Used under the job's lock.
 */
final class ProgressSampler {

	private static final long NEVER_NANOS = Long.MAX_VALUE / 2;

	private final RateMeter rate = new RateMeter();

	private final WorkNode root;

	private final long interval;

	private long beganNanos;

	private long sampledNanos;

	private long sampledTotal;

	private long sampledCompleted;

	private long publishedNanos;

	private long publishedCount;

	private double publishedSaid = Double.NaN;

	private long publishedCompleted;

	private double publishedUnits;

	private double publishedFraction = Double.NaN;

	private boolean publishedStalled;

	private double highWater;

	/** The time at which the job counts as stalled. */
	private long stallNanos;

	ProgressSampler(WorkNode root, long now, long interval) {
		this.root = root;
		this.interval = interval;
		this.stallNanos = now + NEVER_NANOS;
		this.publishedNanos = now;
		begin(now);
	}

	/**
	 * Marks the start of the work: earlier time does not count for speed and time to the
	 * end.
	 */
	void begin(long now) {
		this.beganNanos = now;
		this.sampledNanos = now;
	}

	/**
	 * Resets progress for a new attempt.
	 */
	void restart(long now) {
		this.highWater = 0;
		forgetRate(now);
	}

	void forgetRate(long now) {
		this.rate.restart(this.root.shown().units(), this.root.done());
		this.sampledNanos = now;
	}

	/**
	 * Whether there may be something to publish. The only method that needs no lock, so
	 * that an idle job costs almost nothing.
	 */
	boolean mayHaveNews(long now) {
		return now - this.stallNanos >= 0 || this.root.mayHaveMoved(this.publishedCount, this.publishedSaid);
	}

	/**
	 * Whether the counters differ from the published ones.
	 */
	boolean moved() {
		WorkNode shown = this.root.shown();
		return shown.completed() != this.publishedCompleted || shown.units() != this.publishedUnits
				|| Double.compare(this.root.done(), this.publishedFraction) != 0;
	}

	/**
	 * Takes a sample. Ticks without a sample since the last one mean that nothing had
	 * moved.
	 * @param spoken whether the worker gave another sign of life since then
	 * @param worked the share of the progress since then that was real work, from 0.0 to
	 * 1.0
	 */
	void sample(long now, boolean spoken, double worked) {
		WorkNode shown = this.root.shown();
		rescale(shown);
		long since = Math.max(0, now - this.sampledNanos);
		long tick = Math.min(since, this.interval);
		if (since > tick) {
			this.rate.idle((since - tick) / 1e9);
		}
		this.rate.sample(tick / 1e9, shown.units(), this.root.done(), worked);
		this.sampledNanos = now;
		// The meter works with rounded numbers, which may not show a step of one unit.
		if (spoken || shown.completed() != this.sampledCompleted) {
			this.rate.touch();
		}
		this.sampledCompleted = shown.completed();
		double seconds = this.rate.secondsToStall();
		if (seconds > 0) {
			this.stallNanos = now + (long) (seconds * 1e9);
		}
		else {
			this.stallNanos = stalledOtherwise() ? now : now + NEVER_NANOS;
		}
	}

	/**
	 * A corrected total makes the fraction jump although no work was done.
	 */
	private void rescale(WorkNode shown) {
		long total = shown.total();
		if (total != this.sampledTotal) {
			if (total > 0 && this.sampledTotal > 0 && this.root.followsTotal()) {
				this.rate.rescale((double) this.sampledTotal / total);
			}
			this.sampledTotal = total;
		}
	}

	boolean stalled() {
		return this.rate.stalled();
	}

	boolean stalledOtherwise() {
		return this.rate.stalled() != this.publishedStalled;
	}

	/**
	 * Whether the last publication is old enough. Also true if the clock was set back.
	 */
	boolean due(long now, long interval) {
		long age = now - this.publishedNanos;
		return age >= interval || age < 0;
	}

	Duration age(long now) {
		return Duration.ofNanos(Math.max(0, now - this.beganNanos));
	}

	/**
	 * Returns the current progress, for an event that is published now.
	 * @param moving whether speed and time to the end are meaningful
	 */
	Progress publish(long now, boolean moving) {
		WorkNode shown = this.root.shown();
		this.publishedCount = this.root.count();
		this.publishedSaid = this.root.saidFraction();
		long completed = shown.completed();
		double fraction = this.root.done();
		this.publishedNanos = now;
		this.publishedCompleted = completed;
		this.publishedUnits = shown.units();
		this.publishedFraction = fraction;
		this.publishedStalled = moving && this.rate.stalled();
		boolean known = !Double.isNaN(fraction);
		if (known) {
			this.highWater = Math.max(this.highWater, fraction);
		}
		long total = shown.total();
		boolean counted = this.publishedUnits > 0 || total > 0;
		return new Progress(known ? (Double) this.highWater : null, counted ? (Long) completed : null,
				(total > 0) ? (Long) total : null, counted ? shown.unit() : null,
				moving ? this.rate.unitsPerSecond() : null, (moving && known) ? this.rate.eta() : null);
	}

}
