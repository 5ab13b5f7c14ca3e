package io.progress.sse.event;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How far a job is. What is not known is {@code null}, never zero.
 *
 * @param fraction 0.0 to 1.0; never falls within one attempt
 * @param completed units done, as counted; may pass {@code total}
 * @param total units in all
 * @param unit what is counted, such as {@code images}
 * @param ratePerSecond units per second, recently
 * @param eta expected time to the end; absent until it can be trusted
 */
public record Progress(@Nullable Double fraction, @Nullable Long completed, @Nullable Long total, @Nullable String unit,
		@Nullable Double ratePerSecond, @Nullable Duration eta) {

	/** Nothing is known. */
	public static final Progress UNKNOWN = new Progress(null, null, null, null, null, null);

	/**
	 * Checks the fraction.
	 * @throws IllegalArgumentException if the fraction is not a number from 0.0 to 1.0
	 */
	public Progress {
		if (fraction != null && !(fraction >= 0.0 && fraction <= 1.0)) {
			throw new IllegalArgumentException("'fraction' must be from 0.0 to 1.0, but is " + fraction);
		}
	}

}
