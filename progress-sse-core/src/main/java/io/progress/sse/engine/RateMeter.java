package io.progress.sse.engine;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Estimates speed and time to the end from samples at regular ticks.
 *
 * <p>
 * Both are time-weighted averages whose window grows with the job: progress that is
 * {@code W = max(15 s, elapsed / 2)} old counts a tenth. A tick without progress counts
 * too, so a stall shows. With {@code f = 0.1^(dt / W)}, each tick does
 * {@code x = x * f + done} and {@code w = w * f + dt}; the rate is {@code x / w}, which
 * is also right at the start, when {@code w} is small. Because no estimate is better than
 * a wrong one, there is none before 3 s, 3 movements and 1 %.
 *
 * <p>
 * The speed is computed from units, the time to the end from the fraction, which respects
 * weights. Units start again with each planned phase, the fraction only with each
 * attempt; each average is reset when its own measure goes back.
 *
 * <p>
 * Progress without work must not count as speed. The first movement may be the point
 * where work is resumed, so it only sets the start of the measurement. Later, a tick that
 * moves much more than all others is left out, unless there was a pause before it:
 * closing a part early or skipping a phase is not speed.
 */
final class RateMeter {

	private static final double LN_TENTH = Math.log(0.1);

	private static final double MIN_WINDOW = 15;

	private static final double TRUSTED_AFTER = 3;

	private static final int TRUSTED_MOVES = 3;

	private static final double TRUSTED_FRACTION = 0.01;

	private static final double STALLED_AFTER = 10;

	/** About 30 years. */
	private static final double LONGEST_ETA = 1e9;

	private static final double LEAP_FACTOR = 8;

	private static final double LEAP_WITHIN = 0.25;

	private final Average units = new Average();

	private final Average fraction = new Average();

	private double quiet;

	/**
	 * Adds a time without movement and without samples.
	 * @param dt seconds since the last one
	 */
	void idle(double dt) {
		this.units.idle(dt);
		this.fraction.idle(dt);
		this.quiet += dt;
	}

	/**
	 * Takes a sample.
	 * @param dt seconds since the last one
	 * @param units units done
	 * @param fraction the fraction, {@code NaN} if not known
	 * @param worked the share of the movement that was real work, from 0.0 to 1.0
	 */
	void sample(double dt, double units, double fraction, double worked) {
		boolean moved = this.units.sample(dt, units, worked);
		if (this.fraction.sample(dt, Double.isNaN(fraction) ? this.fraction.last : fraction, worked) || moved) {
			touch();
		}
		else {
			this.quiet += dt;
		}
	}

	/**
	 * Adapts to a corrected total.
	 * @param factor by which the fraction of the same work changes
	 */
	void rescale(double factor) {
		this.fraction.rescale(factor);
	}

	void restart(double units, double fraction) {
		this.units.restart(units);
		this.fraction.restart(Double.isNaN(fraction) ? 0 : fraction);
		touch();
	}

	/**
	 * Records a sign of life without movement.
	 */
	void touch() {
		this.quiet = 0;
	}

	boolean stalled() {
		return secondsToStall() <= 0;
	}

	/**
	 * After how many more seconds without movement the job counts as stalled.
	 * @return the time; zero or negative if it is stalled already
	 */
	double secondsToStall() {
		double perMove = Math.max(this.units.secondsPerMove(this.quiet), this.fraction.secondsPerMove(this.quiet));
		return Math.max(STALLED_AFTER, 4 * perMove) - this.quiet;
	}

	@Nullable Double unitsPerSecond() {
		double speed = this.units.speed();
		return (this.units.trusted() && speed > 0) ? speed : null;
	}

	@Nullable Duration eta() {
		Average done = this.fraction;
		double speed = done.speed();
		if (!done.trusted() || done.last < TRUSTED_FRACTION || !(speed > 0) || stalled()) {
			return null;
		}
		double seconds = (1 - done.last) / speed;
		return (seconds > LONGEST_ETA) ? null : Duration.ofMillis(Math.round(seconds * 1000));
	}

	private static final class Average {

		private double last;

		private double elapsed;

		/** Seconds since the movement that started the measurement; 0 before it. */
		private double observed;

		private double weight;

		private double sum;

		/** The largest movement that followed another one shortly. */
		private double leap;

		private double leapSeconds;

		private double still;

		private long moves;

		/**
		 * Takes a sample.
		 * @return whether it has moved
		 */
		boolean sample(double dt, double now, double worked) {
			if (now < this.last) {
				restart(now);
				return true;
			}
			double moved = now - this.last;
			this.last = now;
			if (this.observed == 0) {
				this.elapsed += dt;
				if (moved > 0 && worked > 0) {
					this.observed = dt;
					this.moves++;
				}
				return moved > 0;
			}
			double window = Math.max(MIN_WINDOW, (this.elapsed + dt) / 2);
			fade(dt, Math.exp(LN_TENTH * dt / window), dt);
			if (moved > 0) {
				move(moved * worked, dt);
			}
			return moved > 0;
		}

		private void move(double worked, double dt) {
			this.sum += worked;
			this.moves++;
			if (this.still - dt <= LEAP_WITHIN && worked > this.leap) {
				this.leap = worked;
				this.leapSeconds = Math.max(dt, LEAP_WITHIN);
			}
			this.still = 0;
		}

		/**
		 * Adds many samples without movement at once. The sum of their weights becomes an
		 * integral: of {@code 0.1^(t / W)} while {@code W} is constant, then of
		 * {@code (t / now)^a} with {@code a = 2 ln 10}, when {@code W} grows.
		 */
		void idle(double dt) {
			if (this.observed == 0) {
				this.elapsed += dt;
				return;
			}
			double standing = Math.min(dt, Math.max(0, 2 * MIN_WINDOW - this.elapsed));
			double keep = Math.exp(LN_TENTH * standing / MIN_WINDOW);
			fade(standing, keep, MIN_WINDOW * (keep - 1) / LN_TENTH);
			double from = this.elapsed;
			double to = from + dt - standing;
			if (to > from) {
				double power = -2 * LN_TENTH;
				keep = Math.pow(from / to, power);
				fade(to - from, keep, (to - from * keep) / (power + 1));
			}
		}

		private void fade(double dt, double keep, double weight) {
			this.elapsed += dt;
			this.observed += dt;
			this.still += dt;
			this.weight = this.weight * keep + weight;
			this.sum *= keep;
			this.leap *= keep;
		}

		void rescale(double factor) {
			this.last *= factor;
			this.sum *= factor;
			this.leap *= factor;
		}

		/**
		 * The rate per second, without a movement that is far larger than the others.
		 * @return {@code NaN} if nothing was measured
		 */
		double speed() {
			double usual = (this.sum - this.leap) / this.weight;
			return (this.leap > LEAP_FACTOR * usual * this.leapSeconds) ? usual : this.sum / this.weight;
		}

		void restart(double now) {
			this.last = now;
			this.elapsed = 0;
			this.observed = 0;
			this.weight = 0;
			this.sum = 0;
			this.leap = 0;
			this.still = 0;
			this.moves = 0;
		}

		boolean trusted() {
			return this.observed >= TRUSTED_AFTER && this.moves >= TRUSTED_MOVES;
		}

		double secondsPerMove(double quiet) {
			return (this.moves > 0) ? (this.elapsed - quiet) / this.moves : 0;
		}

	}

}
