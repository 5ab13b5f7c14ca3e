package io.progress.sse.stream.frame;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Writes instants as ISO 8601 in UTC: with milliseconds unless they are 0. Most events
 * have the same second as the previous one, so its text is cached.
 */
public final class EventTime {

	private static volatile Second latest = new Second(0, "1970-01-01T00:00:00");

	private EventTime() {
	}

	public static String write(Instant time) {
		String second = second(time.getEpochSecond());
		int millis = time.getNano() / 1_000_000;
		if (millis == 0) {
			return second;
		}
		return second + ((millis < 10) ? ".00" : (millis < 100) ? ".0" : ".") + millis;
	}

	private static String second(long epochSecond) {
		Second second = latest;
		if (second.epochSecond() != epochSecond) {
			second = new Second(epochSecond, DateTimeFormatter.ISO_LOCAL_DATE_TIME
				.format(LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC)));
			latest = second;
		}
		return second.text();
	}

	private record Second(long epochSecond, String text) {

	}

}
