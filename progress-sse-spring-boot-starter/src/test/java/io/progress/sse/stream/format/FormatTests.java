package io.progress.sse.stream.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobError;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Note;
import io.progress.sse.event.Progress;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventId;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.stream.StreamIds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Each format, byte by byte.
 */
class FormatTests {

	private static final Instant TIME = Instant.parse("2026-05-31T01:00:01Z");

	private static final JobInfo JOB = new JobInfo(JobId.of("0198c0de"), "image-conversion", "alice",
			JobId.of("0198beef"), TIME);

	@ParameterizedTest
	@ValueSource(strings = { "standard", "phase", "percent", "stage", "status" })
	void writesWhatItAlwaysWrote(String format) throws IOException {
		FrameEncoder encoder = new ProgressEventFormats(List.of()).encoder(format, StreamIds.EVENT);
		StringBuilder stream = new StringBuilder();
		events().forEach((name, event) -> stream.append(": ")
			.append(name)
			.append('\n')
			.append(new String(encoder.encode(new StoredEvent(new EventId(1748649600456L, 2), event), false),
					StandardCharsets.UTF_8)));
		assertThat(stream.toString()).isEqualTo(golden(format));
	}

	@ParameterizedTest
	@ValueSource(strings = { "phase", "percent", "stage", "status" })
	void clientsThatKnowNoStatesAreToldOnceThatAJobIsQueued(String format) {
		ProgressEventFormats formats = new ProgressEventFormats(List.of());
		ProgressEvent begun = ProgressEvent.builder(JOB, JobState.RUNNING, TIME).build();
		assertThat(formats.isShown(format, begun)).isFalse();
		assertThat(formats.encoder(format, StreamIds.EVENT).encode(new StoredEvent(new EventId(1, 2), begun), false))
			.isEmpty();
		assertThat(formats.isShown(format, events().get("queued"))).isTrue();
		assertThat(formats.isShown(format, running().build())).isTrue();
		assertThat(formats.isShown("standard", begun)).isTrue();
	}

	@Test
	void onAStreamOfManyJobsEachEventNamesItsJob() {
		ProgressEvent event = events().get("running");
		StoredEvent stored = new StoredEvent(new EventId(1, 1), event);
		ProgressEventFormats formats = new ProgressEventFormats(List.of());
		assertThat(new String(formats.encoder("percent", StreamIds.EVENT_OF_EACH_JOB).encode(stored, false),
				StandardCharsets.UTF_8))
			.isEqualTo("event: progress\ndata: {\"jobId\":\"0198c0de\",\"step\":\"resizing\",\"percent\":25}\n");
		assertThat(new String(formats.encoder("standard", StreamIds.EVENT_OF_EACH_JOB).encode(stored, false),
				StandardCharsets.UTF_8))
			.containsOnlyOnce("jobId");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			percent  | running   | {"status":"processing","step":"resizing","percent":25}
			percent  | done      | {"status":"completed","download_url":"/files/1"}
			percent  | failed    | {"status":"error","message":"The image is too large"}
			stage    | running   | {"status":"processing","jobId":"0198c0de","stage":"resizing","percent":25}
			stage    | done      | {"status":"completed","jobId":"0198c0de"}
			stage    | cancelled | {"status":"error","message":"The job was cancelled"}
			status   | failed    | {"status":"error","progress":29,"message":"The image is too large"}
			""")
	void theDataForPollingReplacesTheEventName(String format, String event, String json) {
		assertThat(new ProgressEventFormats(List.of()).snapshot(format, events().get(event))).asString()
			.isEqualTo(json);
	}

	@Test
	void aResultCannotPassItselfOffAsAStatus() {
		ProgressEventFormats formats = new ProgressEventFormats(List.of());
		assertThat(formats.snapshot("percent", done(Map.of("status", "error")))).asString()
			.isEqualTo("{\"status\":\"completed\"}");
		assertThat(formats.snapshot("percent", done("file"))).asString()
			.isEqualTo("{\"status\":\"completed\",\"result\":\"file\"}");
	}

	@Test
	void namesOfFormatsAreTheirOwn() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ProgressEventFormats(List.of(new StandardFormat())))
			.withMessageContaining("'standard'");
		assertThatIllegalArgumentException().isThrownBy(() -> new ProgressEventFormats(List.of()).get("stadnard"))
			.withMessageContaining("[standard, phase, percent, stage, status]")
			.withMessageContaining("'stadnard'");
	}

	private static Map<String, ProgressEvent> events() {
		Map<String, ProgressEvent> events = new LinkedHashMap<>();
		events.put("queued", ProgressEvent.builder(JOB, JobState.QUEUED, TIME).build());
		events.put("running",
				running().kind(EventKind.TICK)
					.message("3 of 12")
					.progress(new Progress(0.25, 3L, 12L, "images", 1.4, Duration.ofMillis(6400)))
					.data(Map.of("file", "cat.png"))
					.build());
		events.put("unknown progress",
				ProgressEvent.builder(JOB, JobState.RUNNING, TIME.plusNanos(5_678_901)).kind(EventKind.TICK).build());
		events.put("stalled", running().stalled(true).build());
		events.put("note",
				running().note(new Note(Note.Level.WARNING, "dog.gif \"is\" damaged\nskipped")).coalesced(3).build());
		events.put("lost", ProgressEvent.builder(JOB, JobState.LOST, TIME).attempt(2).phase("resizing").build());
		events.put("done",
				ProgressEvent.builder(JOB, JobState.DONE, TIME)
					.phase("storing")
					.message("12 of 12")
					.progress(new Progress(1.0, 12L, 12L, "images", null, null))
					.result(Map.of("download_url", "/files/1"))
					.duration(Duration.ofMillis(8571))
					.build());
		events.put("done with some failed",
				ProgressEvent.builder(JOB, JobState.DONE, TIME)
					.phase("storing")
					.data(Map.of("failed_items", 1))
					.result(Map.of("download_url", "/files/1"))
					.build());
		events.put("done without a result", ProgressEvent.builder(JOB, JobState.DONE, TIME).build());
		events.put("failed",
				ProgressEvent.builder(JOB, JobState.FAILED, TIME)
					.phase("resizing")
					.progress(new Progress(0.29, 29L, 100L, null, null, null))
					.error(new JobError("too-large", "The image is too large"))
					.build());
		events.put("cancelled", ProgressEvent.builder(JOB, JobState.CANCELLED, TIME).phase("resizing").build());
		return events;
	}

	private static ProgressEvent done(Object result) {
		return ProgressEvent.builder(JOB, JobState.DONE, TIME).result(result).build();
	}

	private static ProgressEvent.Builder running() {
		return ProgressEvent.builder(JOB, JobState.RUNNING, TIME).phase("resizing");
	}

	private static String golden(String format) throws IOException {
		try (var in = FormatTests.class.getResourceAsStream("/formats/" + format + ".txt")) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
