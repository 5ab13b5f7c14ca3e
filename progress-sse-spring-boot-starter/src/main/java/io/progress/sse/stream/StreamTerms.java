package io.progress.sse.stream;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The settings of a stream that depend on its URL.
 *
 * @param format name of the format
 * @param retry when a client that lost the stream comes back; at least 1 s, {@code null}
 * for that of the settings
 * @param maxDuration how long the stream lasts at most; {@code null} for that of the
 * settings
 * @param resetWhenStale whether a client whose cursor is not good any more begins anew
 * instead of being refused; {@code null} for what the settings say
 */
public record StreamTerms(String format, @Nullable Duration retry, @Nullable Duration maxDuration,
		@Nullable Boolean resetWhenStale) {

	/**
	 * The terms of the settings.
	 * @param format name of the format
	 * @return the terms
	 */
	public static StreamTerms of(String format) {
		return new StreamTerms(format, null, null, null);
	}

	/**
	 * The times of a stream.
	 * @param usual the times of the settings
	 * @return those, but for what the URL says otherwise
	 */
	public StreamSettings.Pace pace(StreamSettings.Pace usual) {
		if (this.retry == null && this.maxDuration == null) {
			return usual;
		}
		return new StreamSettings.Pace((this.retry != null) ? this.retry : usual.retry(), usual.heartbeat(),
				(this.maxDuration != null) ? this.maxDuration : usual.maxDuration(), usual.stallTimeout(),
				usual.linger());
	}

}
