package io.progress.sse.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.progress.sse.stream.StreamSettings;
import io.progress.sse.web.WebSettings;

/**
 * Properties of event streams and their endpoints.
 *
 * @param path Path that all endpoints begin with.
 * @param format Format of the events on the default routes.
 * @param jobIdHeader Header that carries a job's id, in requests and responses.
 * @param onStaleId What happens when a client's last event id is not retained any more:
 * an error, or a stream that goes on from the newest event.
 * @param retry Time after which a client that lost its stream comes back. At least 1s.
 * @param heartbeat Silence after which something is sent.
 * @param maxDuration Longest time that a stream lasts before its client has to come back.
 * @param stallTimeout Time that a client may leave what was sent to it unread before it
 * is cut off.
 * @param linger Time that a job is followed after its last viewer has gone.
 */
@ConfigurationProperties("progress.sse")
public record ProgressStreamProperties(@DefaultValue("/progress") String path, @DefaultValue("standard") String format,
		@DefaultValue("X-Job-Id") String jobIdHeader, @DefaultValue("gone") OnStaleId onStaleId,
		@DefaultValue("3s") Duration retry, @DefaultValue("15s") Duration heartbeat,
		@DefaultValue("10m") Duration maxDuration, @DefaultValue("30s") Duration stallTimeout,
		@DefaultValue("10s") Duration linger) {

	/** What happens when a client's last event id is not retained any more. */
	public enum OnStaleId {

		/** Status 410. */
		GONE,

		/** An event {@code reset}, then the newest event, then what comes. */
		RESET

	}

	StreamSettings toStreamSettings() {
		return new StreamSettings(
				new StreamSettings.Pace(this.retry, this.heartbeat, this.maxDuration, this.stallTimeout, this.linger),
				StreamSettings.Window.DEFAULTS, StreamSettings.Limits.DEFAULTS, StreamSettings.Waiting.DEFAULTS);
	}

	WebSettings toWebSettings() {
		return new WebSettings(this.path, this.format, this.onStaleId == OnStaleId.RESET, this.jobIdHeader);
	}

}
