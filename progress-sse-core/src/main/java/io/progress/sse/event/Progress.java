package io.progress.sse.event;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The numbers of a job's progress. A number that is not known is {@code null}, never
 * zero.
 *
 * <p>
 * Stores hold one for each event, hence the primitive fields: boxed numbers would take
 * more memory than the rest of an event.
 */
public final class Progress {

	/** Progress of which nothing is known. */
	public static final Progress UNKNOWN = new Progress(null, null, null, null, null, null);

	private static final long NO_COUNT = Long.MIN_VALUE;

	private final double fraction;

	private final long completed;

	private final long total;

	private final @Nullable String unit;

	private final double ratePerSecond;

	private final @Nullable Duration eta;

	/**
	 * Creates it.
	 * @param fraction 0.0 to 1.0; never falls within one attempt
	 * @param completed units done, as counted; may pass {@code total}
	 * @param total units in all
	 * @param unit what is counted, such as {@code images}
	 * @param ratePerSecond units per second, recently
	 * @param eta expected time to the end; absent until it can be trusted
	 * @throws IllegalArgumentException if the fraction is not a number from 0.0 to 1.0
	 */
	public Progress(@Nullable Double fraction, @Nullable Long completed, @Nullable Long total, @Nullable String unit,
			@Nullable Double ratePerSecond, @Nullable Duration eta) {
		if (fraction != null && !(fraction >= 0.0 && fraction <= 1.0)) {
			throw new IllegalArgumentException("'fraction' must be from 0.0 to 1.0, but is " + fraction);
		}
		this.fraction = (fraction != null) ? fraction : Double.NaN;
		this.completed = (completed != null) ? completed : NO_COUNT;
		this.total = (total != null) ? total : NO_COUNT;
		this.unit = unit;
		this.ratePerSecond = (ratePerSecond != null) ? ratePerSecond : Double.NaN;
		this.eta = eta;
	}

	/**
	 * Returns the part that is done.
	 * @return 0.0 to 1.0; never falls within one attempt
	 */
	public @Nullable Double fraction() {
		return known(this.fraction);
	}

	/**
	 * Returns the units done.
	 * @return the number, as counted; may pass {@link #total()}
	 */
	public @Nullable Long completed() {
		return known(this.completed);
	}

	/**
	 * Returns the units in all.
	 * @return the number
	 */
	public @Nullable Long total() {
		return known(this.total);
	}

	/**
	 * Returns the name of the units.
	 * @return its name, such as {@code images}
	 */
	public @Nullable String unit() {
		return this.unit;
	}

	/**
	 * Returns the speed.
	 * @return units per second, recently
	 */
	public @Nullable Double ratePerSecond() {
		return known(this.ratePerSecond);
	}

	/**
	 * Returns the expected time to the end.
	 * @return the time; absent until it can be trusted
	 */
	public @Nullable Duration eta() {
		return this.eta;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Progress that && Double.compare(this.fraction, that.fraction) == 0
				&& this.completed == that.completed && this.total == that.total && Objects.equals(this.unit, that.unit)
				&& Double.compare(this.ratePerSecond, that.ratePerSecond) == 0 && Objects.equals(this.eta, that.eta);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.fraction, this.completed, this.total, this.unit, this.ratePerSecond, this.eta);
	}

	@Override
	public String toString() {
		return "Progress[fraction=" + fraction() + ", completed=" + completed() + ", total=" + total() + ", unit="
				+ this.unit + ", ratePerSecond=" + ratePerSecond() + ", eta=" + this.eta + "]";
	}

	private static @Nullable Double known(double value) {
		return Double.isNaN(value) ? null : Double.valueOf(value);
	}

	private static @Nullable Long known(long count) {
		return (count == NO_COUNT) ? null : Long.valueOf(count);
	}

}
