package io.progress.sse.stream;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The settings of a stream that depend on its URL and on its client.
 *
 * @param format name of the format
 * @param retry when a client that lost the stream reconnects; at least 1 s, {@code null}
 * for the general setting
 * @param maxDuration how long the stream lasts at most; {@code null} for the general
 * setting
 * @param resetWhenStale whether a client whose cursor is no longer valid begins again
 * instead of being refused; {@code null} for the general setting
 * @param pings whether heartbeats are events that a page can receive
 */
public record StreamTerms(String format, @Nullable Duration retry, @Nullable Duration maxDuration,
		@Nullable Boolean resetWhenStale, boolean pings) {

	/**
	 * Creates terms that leave all to the general settings.
	 * @param format name of the format
	 * @return the terms
	 */
	public static StreamTerms of(String format) {
		return new StreamTerms(format, null, null, null, false);
	}

	/**
	 * Returns the same terms for a client that has said what it wants.
	 * @param reset whether to begin again when the cursor is no longer valid
	 * @return the terms
	 */
	public StreamTerms resettingWhenStale(boolean reset) {
		return new StreamTerms(this.format, this.retry, this.maxDuration, reset, this.pings);
	}

	/**
	 * Returns the same terms for a client that has said how it wants heartbeats.
	 * @param events whether heartbeats are events
	 * @return the terms
	 */
	public StreamTerms pinging(boolean events) {
		return new StreamTerms(this.format, this.retry, this.maxDuration, this.resetWhenStale, events);
	}

	/**
	 * Returns the settings of a stream.
	 * @param usual the general settings
	 * @return these settings, overridden by those of the URL
	 */
	public StreamSettings in(StreamSettings usual) {
		return usual.with(this.retry, this.maxDuration);
	}

}
