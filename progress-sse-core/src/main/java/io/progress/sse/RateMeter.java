package io.progress.sse;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Estimates speed and time to the end from samples at regular ticks.
 *
 * <p>
 * The rate is a time-weighted average whose window grows with the job: what happened
 * {@code W = max(15 s, elapsed / 2)} ago counts a tenth. A tick without progress counts
 * too, so a stall shows. With {@code f = 0.1^(dt / W)}, each tick does
 * {@code x = x * f + done} and {@code w = w * f + dt}; the rate is {@code x / w}, which
 * is also right at the start, when {@code w} is small. No estimate is better than a wild
 * one: it is given only after 3 s, 3 movements and 1 %.
 */
final class RateMeter {

	private static final double MIN_WINDOW = 15;

	private static final double TRUSTED_AFTER = 3;

	private static final int TRUSTED_MOVES = 3;

	private static final double TRUSTED_FRACTION = 0.01;

	private static final double STALLED_AFTER = 10;

	private double elapsed;

	private double weight;

	private double unitSum;

	private double fractionSum;

	private double lastUnits;

	private double lastFraction;

	private int moves;

	private double quiet;

	/**
	 * Takes a sample.
	 * @param dt seconds since the last one
	 * @param units units done
	 * @param fraction how far, {@code NaN} if not known
	 */
	void sample(double dt, double units, double fraction) {
		double known = Double.isNaN(fraction) ? this.lastFraction : fraction;
		if (units < this.lastUnits || known < this.lastFraction) {
			restart(units, known);
			return;
		}
		this.elapsed += dt;
		double keep = Math.pow(0.1, dt / Math.max(MIN_WINDOW, this.elapsed / 2));
		this.weight = this.weight * keep + dt;
		this.unitSum = this.unitSum * keep + (units - this.lastUnits);
		this.fractionSum = this.fractionSum * keep + (known - this.lastFraction);
		boolean moved = units > this.lastUnits || known > this.lastFraction;
		this.moves += moved ? 1 : 0;
		this.quiet = moved ? 0 : this.quiet + dt;
		this.lastUnits = units;
		this.lastFraction = known;
	}

	void restart(double units, double fraction) {
		this.elapsed = 0;
		this.weight = 0;
		this.unitSum = 0;
		this.fractionSum = 0;
		this.moves = 0;
		this.quiet = 0;
		this.lastUnits = units;
		this.lastFraction = fraction;
	}

	/**
	 * Says that the worker has given another sign of life.
	 */
	void touch() {
		this.quiet = 0;
	}

	boolean stalled() {
		double perMove = (this.moves > 0) ? (this.elapsed - this.quiet) / this.moves : 0;
		return this.quiet > Math.max(STALLED_AFTER, 4 * perMove);
	}

	@Nullable Double unitsPerSecond() {
		return (trusted() && this.unitSum > 0) ? this.unitSum / this.weight : null;
	}

	@Nullable Duration eta() {
		if (!trusted() || stalled() || this.lastFraction < TRUSTED_FRACTION || !(this.fractionSum > 0)) {
			return null;
		}
		double seconds = (1 - this.lastFraction) * this.weight / this.fractionSum;
		return Duration.ofMillis(Math.round(seconds * 1000));
	}

	private boolean trusted() {
		return this.elapsed >= TRUSTED_AFTER && this.moves >= TRUSTED_MOVES;
	}

}
