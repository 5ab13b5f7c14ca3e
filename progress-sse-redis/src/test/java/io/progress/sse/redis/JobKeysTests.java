package io.progress.sse.redis;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.lettuce.core.cluster.SlotHash;
import org.junit.jupiter.api.Test;

import io.progress.sse.event.JobId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * No job can get at the keys of another, whatever somebody calls it.
 */
class JobKeysTests {

	private static final String PREFIX = "progress";

	private static final Pattern KEY = Pattern
		.compile("progress:\\{([A-Za-z0-9_-]{1,128})}:(job|events|milestones|live)");

	private static final List<String> HOSTILE = List.of("{", "}", "{}", "}:job", ":", "*", "?", "[", "]", "\\", " ",
			"\t", "\r", "\n", "\r\n", "\0", "\u00e9", "\uff41", "\ud83d\ude00", "$", "'", "\"", "%7B", "../",
			"\r\n*1\r\n$8\r\nFLUSHALL\r\n");

	private static final List<String> HARMLESS = List.of("a", "Z", "0", "_", "-", "cancel", "job", "events", "live");

	private final Random random = new Random(18);

	@Test
	void staysWithinTheKeysOfItsJob() {
		int accepted = 0;
		for (int i = 0; i < 100_000; i++) {
			String text = text();
			boolean harmless = text.matches("[A-Za-z0-9_-]{1,128}");
			assertThat(JobId.isValid(text)).as("'%s'", text).isEqualTo(harmless);
			if (harmless) {
				accepted++;
				staysWithinItsKeys(JobId.of(text));
			}
			else {
				assertThatIllegalArgumentException().isThrownBy(() -> JobId.of(text));
			}
		}
		assertThat(accepted).isBetween(10_000, 90_000);
	}

	private static void staysWithinItsKeys(JobId id) {
		int slot = SlotHash.getSlot(id.value());
		for (byte[] key : JobKeys.of(PREFIX, id).all()) {
			assertThat(JobKeys.text(key)).matches(KEY).contains("{" + id + "}");
			assertThat(SlotHash.getSlot(key)).isEqualTo(slot);
		}
		assertThat(JobKeys.channel(PREFIX, id)).isNotEqualTo(JobKeys.cancellations(PREFIX));
	}

	private String text() {
		boolean harmless = this.random.nextBoolean();
		return IntStream.range(0, this.random.nextInt(12))
			.mapToObj((i) -> harmless ? oneOf(HARMLESS) : piece())
			.collect(Collectors.joining());
	}

	private String piece() {
		return switch (this.random.nextInt(3)) {
			case 0 -> oneOf(HARMLESS);
			case 1 -> oneOf(HOSTILE);
			default -> String.valueOf((char) this.random.nextInt(Character.MAX_VALUE + 1));
		};
	}

	private String oneOf(List<String> pieces) {
		return pieces.get(this.random.nextInt(pieces.size()));
	}

}
