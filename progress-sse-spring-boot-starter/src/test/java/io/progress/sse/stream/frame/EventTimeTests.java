package io.progress.sse.stream.frame;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How instants are written.
 */
class EventTimeTests {

	@ParameterizedTest
	@CsvSource({ "2026-05-31T01:00:01Z, 2026-05-31T01:00:01", "2026-05-31T01:00:00Z, 2026-05-31T01:00:00",
			"2026-05-31T01:00:01.005Z, 2026-05-31T01:00:01.005", "2026-05-31T01:00:01.050Z, 2026-05-31T01:00:01.050",
			"2026-05-31T01:00:01.500Z, 2026-05-31T01:00:01.500", "2026-05-31T01:00:01.000999Z, 2026-05-31T01:00:01",
			"1969-12-31T23:59:59.999Z, 1969-12-31T23:59:59.999" })
	void millisecondsAreWrittenIfThereAreAny(Instant time, String text) {
		assertThat(EventTime.write(time)).isEqualTo(text);
	}

	@Test
	void aTimeIsWrittenCorrectlyAfterAnyOther() {
		Random random = new Random(20260531);
		for (int i = 0; i < 10_000; i++) {
			Instant time = Instant.ofEpochSecond(random.nextLong(4_000_000_000L) - random.nextInt(3),
					random.nextInt(1_000_000_000));
			assertThat(Instant.parse(EventTime.write(time) + "Z")).isEqualTo(time.truncatedTo(ChronoUnit.MILLIS));
			Instant next = time.plusMillis(random.nextInt(1_500));
			assertThat(Instant.parse(EventTime.write(next) + "Z")).isEqualTo(next.truncatedTo(ChronoUnit.MILLIS));
		}
	}

}
