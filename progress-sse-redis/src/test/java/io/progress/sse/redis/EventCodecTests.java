package io.progress.sse.redis;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.progress.sse.event.EventFields;
import io.progress.sse.event.JobError;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Note;
import io.progress.sse.event.Progress;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventRejectedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EventCodecTests {

	private static final JobId ID = JobId.of("job-1");

	private final EventCodec codec = new EventCodec();

	private final JobInfo job = new JobInfo(ID, "export", "ada", null, Instant.EPOCH);

	@Test
	void omitsAbsentFields() {
		String json = text(this.codec.encode(event().build()));
		assertThat(json).isEqualTo("{\"v\":1,\"job\":\"export\",\"kind\":\"MILESTONE\",\"state\":\"RUNNING\","
				+ "\"at\":\"1970-01-01T00:00:00Z\"}");
	}

	@Test
	void writesTheSameTextAsEarlierVersions() {
		JobInfo child = new JobInfo(ID, "export", null, JobId.of("job-0"), Instant.EPOCH);
		ProgressEvent event = ProgressEvent.builder(child, JobState.FAILED, Instant.ofEpochMilli(1500))
			.attempt(2)
			.phase("\u2028\"é\ud83d\ude00")
			.message("m")
			.progress(new Progress(0.5, 1L, 2L, "pages", 1e10, Duration.ofMillis(90_500)))
			.note(new Note(Note.Level.WARNING, "odd"))
			.data(data())
			.result(List.of("a"))
			.error(new JobError("internal", "The job failed"))
			.coalesced(3)
			.duration(Duration.ofSeconds(61))
			.build();
		assertThat(text(this.codec.encode(event))).isEqualTo("{\"v\":1,\"job\":\"export\",\"parent\":\"job-0\","
				+ "\"kind\":\"TERMINAL\",\"state\":\"FAILED\",\"attempt\":2,\"phase\":\"\u2028\\\"é😀\",\"message\":\"m\","
				+ "\"fraction\":0.5,\"completed\":1,\"total\":2,\"unit\":\"pages\",\"rate\":1.0E10,\"eta\":\"PT1M30.5S\","
				+ "\"note\":{\"level\":\"WARNING\",\"text\":\"odd\"},"
				+ "\"data\":{\"none\":null,\"yes\":true,\"many\":[1,2.5,\"x\",{}]},\"result\":[\"a\"],"
				+ "\"error\":{\"code\":\"internal\",\"message\":\"The job failed\"},\"coalesced\":3,"
				+ "\"at\":\"1970-01-01T00:00:01.500Z\",\"duration\":\"PT1M1S\"}");
		assertThat(this.codec.decode(ID, this.codec.encode(event))).isEqualTo(event);
		assertThat(text(this.codec.encode(child)))
			.isEqualTo("{\"name\":\"export\",\"parent\":\"job-0\",\"createdAt\":\"1970-01-01T00:00:00Z\"}");
		assertThat(this.codec.decodeInfo(ID, this.codec.encode(child))).isEqualTo(child);
	}

	private static Map<String, @Nullable Object> data() {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("none", null);
		data.put("yes", true);
		data.put("many", List.of(1, 2.5, "x", Map.of()));
		return data;
	}

	@Test
	void keepsEachFieldOfAnEvent() {
		assertThat(EventFields
			.missing((event) -> this.codec.decode(event.jobId(), this.codec.encode(event)).equals(event)))
			.as("fields that EventDocument does not know")
			.isEmpty();
	}

	@Test
	void keepsWhereAJobRunsAndReadsJobsThatDoNotSayIt() {
		JobInfo known = new JobInfo(ID, "export", "ada", null, Instant.EPOCH, "web-1:8080");
		assertThat(text(this.codec.encode(known))).isEqualTo("{\"name\":\"export\",\"owner\":\"ada\","
				+ "\"createdAt\":\"1970-01-01T00:00:00Z\",\"node\":\"web-1:8080\"}");
		assertThat(this.codec.decodeInfo(ID, this.codec.encode(known))).isEqualTo(known);
		assertThat(this.codec.decodeInfo(ID,
				bytes("{\"name\":\"export\",\"owner\":\"ada\",\"createdAt\":\"1970-01-01T00:00:00Z\"}")))
			.isEqualTo(this.job);
	}

	@Test
	void ignoresWhatLaterVersionsAdd() {
		ProgressEvent event = this.codec.decode(ID,
				bytes("{\"v\":2,\"job\":\"export\",\"kind\":\"MILESTONE\",\"state\":\"RUNNING\","
						+ "\"at\":\"1970-01-01T00:00:00Z\",\"mood\":{\"deep\":[1]}}"));
		assertThat(event).isEqualTo(event().build());
	}

	@Test
	void letsNoDataChooseAClass() {
		ProgressEvent event = event().data(Map.of("@class", "java.net.URL", "list", Map.of("@type", "x"))).build();
		assertThat(this.codec.decode(ID, this.codec.encode(event))).isEqualTo(event);
	}

	@Test
	void losesNoDigitOfANumber() {
		Map<String, Object> numbers = Map.of("money", new BigDecimal("12345678901234567.89"), "price",
				new BigDecimal("10.00"), "half", 0.5, "many", new BigInteger("123456789012345678901234567890"), "one",
				9007199254740993L, "list", List.of(1.5, new BigDecimal("1E+30")));
		ProgressEvent event = event().data(numbers)
			.result(numbers)
			.progress(new Progress(0.1, (1L << 53) + 1, Long.MAX_VALUE, null, 1e-3, null))
			.build();
		assertThat(this.codec.decode(ID, this.codec.encode(event))).isEqualTo(event);
	}

	@Test
	void refusesAnEventThatIsTooLarge() {
		ProgressEvent large = event().data(Map.of("text", "x".repeat(EventCodec.MAX_SIZE))).build();
		assertThatExceptionOfType(EventRejectedException.class).isThrownBy(() -> this.codec.encode(large))
			.withMessageContainingAll("job-1", "262144 bytes");
		assertThat(this.codec.encode(large.withoutPayload())).hasSizeLessThan(200);
	}

	@Test
	void refusesToReadATextThatIsTooLargeOrNotAnEvent() {
		assertThatIllegalStateException().isThrownBy(() -> this.codec.decode(ID, new byte[EventCodec.MAX_SIZE + 1]))
			.withMessageContaining("job-1");
		assertThatIllegalStateException().isThrownBy(() -> this.codec.decode(ID, bytes("<html>")))
			.withMessageContaining("job-1");
	}

	private ProgressEvent.Builder event() {
		return ProgressEvent.builder(this.job, JobState.RUNNING, Instant.EPOCH);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
