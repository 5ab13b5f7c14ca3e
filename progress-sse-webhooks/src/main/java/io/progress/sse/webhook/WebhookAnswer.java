package io.progress.sse.webhook;

import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

/**
 * The result of an attempt.
 *
 * @param status the status of the answer; 0 if there was none
 * @param reason what happened, for the log
 * @param retryAfter the pause that the receiver asked for; zero for none
 */
record WebhookAnswer(int status, String reason, Duration retryAfter) {

	static WebhookAnswer of(int status, @Nullable String retryAfter, Instant now) {
		return new WebhookAnswer(status, "status " + status,
				(retryAfter != null) ? parse(retryAfter, now) : Duration.ZERO);
	}

	/**
	 * Only the kind of an exception is logged, because its text may contain internal
	 * details.
	 */
	static WebhookAnswer failed(Throwable error) {
		String reason = "the connection failed";
		if (error instanceof TimeoutException) {
			reason = "no answer in time";
		}
		else if (error instanceof UnknownHostException) {
			reason = "the host is unknown";
		}
		else if (error instanceof SSLException) {
			reason = "TLS failed";
		}
		else if (error instanceof IllegalArgumentException) {
			reason = "the URL is not allowed";
		}
		return new WebhookAnswer(0, reason, Duration.ZERO);
	}

	boolean isDelivered() {
		return this.status >= 200 && this.status < 300;
	}

	/** Status 410: the receiver wants no more attempts. */
	boolean isUnwanted() {
		return this.status == 410;
	}

	/** Parses {@code Retry-After} (RFC 9110, 10.2.3): seconds, or a date. */
	private static Duration parse(String retryAfter, Instant now) {
		try {
			if (retryAfter.matches("\\d{1,9}")) {
				return Duration.ofSeconds(Long.parseLong(retryAfter));
			}
			Duration until = Duration.between(now,
					ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME));
			return until.isNegative() ? Duration.ZERO : until;
		}
		catch (DateTimeException ex) {
			return Duration.ZERO;
		}
	}

}
