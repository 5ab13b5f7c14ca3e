package io.progress.sse.stream.format;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.progress.sse.event.JobError;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Note;
import io.progress.sse.event.Progress;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventId;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.stream.SpecParser;
import io.progress.sse.stream.StreamIds;
import io.progress.sse.stream.frame.FrameBuffer;
import io.progress.sse.stream.frame.SseFrames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Nothing that a worker or a client says can open a new line in a frame.
 */
class FrameTests {

	private static final int ROUNDS = 5_000;

	private static final String NASTY = "\r\n\0\u0001\t\u0085\u2028\u2029\ufeff\uD800\uDC00\uDBFF:  \"\\</";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final Random random = new Random(20260531);

	private final ProgressEventFormats formats = new ProgressEventFormats(List.of());

	@Test
	void anyTextOfAWorkerBecomesOneEvent() {
		for (int round = 0; round < ROUNDS; round++) {
			StoredEvent stored = new StoredEvent(new EventId(this.random.nextInt(1 << 30), round + 1), randomEvent());
			for (String format : List.of("standard", "phase", "percent", "stage", "status")) {
				byte[] frame = this.formats.encoder(format, StreamIds.EVENT).encode(stored, false);
				byte[] stream = concat(SseFrames.prelude(Duration.ofSeconds(3), round % 2 == 0), frame,
						SseFrames.heartbeat());
				List<SpecParser.Event> events = SpecParser.parse(stream);
				assertThat(events).as("round %d, format %s", round, format).hasSize(1);
				assertThat(events.get(0).lastEventId()).isEqualTo(stored.id().toString());
				assertThat(new String(frame, StandardCharsets.UTF_8)).endsWith("\nid: " + stored.id() + "\n\n");
				assertThatSame(JSON.readTree(events.get(0).data()), this.formats.get(format).data(stored.event()));
			}
		}
	}

	@Test
	void anyEventNameIsRefusedOrStaysOneName() {
		for (int round = 0; round < ROUNDS; round++) {
			String name = randomText();
			if (name.matches("[a-z][a-z0-9_.-]{0,31}")) {
				assertThat(SpecParser.parse(concat(event(name, "{}"), end("1-1"))))
					.containsExactly(new SpecParser.Event(name, "{}", "1-1"));
			}
			else {
				assertThatIllegalArgumentException().isThrownBy(() -> event(name, "{}"));
				assertThatIllegalArgumentException().isThrownBy(() -> eventOfAnyName(name, "{}"));
			}
		}
	}

	@Test
	void anyIdIsRefusedOrStaysOneId() {
		for (int round = 0; round < ROUNDS; round++) {
			String id = randomText();
			if (id.matches("[A-Za-z0-9._~-]+")) {
				assertThat(SpecParser.parse(concat(event(null, "1"), end(id))))
					.containsExactly(new SpecParser.Event("message", "1", id));
			}
			else {
				assertThatIllegalArgumentException().isThrownBy(() -> end(id));
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "error", "open", "message" })
	void namesOfTheBrowsersOwnEventsAreRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> event(name, "{}"))
			.withMessageContaining("'" + name + "'");
		assertThat(eventOfAnyName(name, "{}")).isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\n}", "{\r}", "\0", "{}\n\nevent: done" })
	void dataOfMoreThanOneLineIsRefused(String data) {
		assertThatIllegalArgumentException().isThrownBy(() -> event("progress", data))
			.withMessageContaining("one line");
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "progress", "p", "a.b-c_d0" })
	void goodNamesAreTaken(@Nullable String name) {
		assertThat(new String(event(name, "{}"), StandardCharsets.UTF_8))
			.isEqualTo(((name != null) ? "event: " + name + "\n" : "") + "data: {}\n");
	}

	@Test
	void eachLineOfAnyTextIsData() {
		for (int round = 0; round < ROUNDS; round++) {
			String text = randomText() + "\u000b\f\u001c\u001d\u001e\nid: 7\n\nevent: done\r" + randomText();
			FrameBuffer out = new FrameBuffer();
			SseFrames.text("progress", text, out);
			SseFrames.end("1-1", out);
			assertThat(SpecParser.parse(out.toByteArray())).singleElement().satisfies((event) -> {
				assertThat(event.type()).isEqualTo("progress");
				assertThat(event.lastEventId()).isEqualTo("1-1");
				assertThat(event.data()).contains("id: 7\n\nevent: done\n").doesNotContain("\0");
			});
			String frame = new String(out.toByteArray(), StandardCharsets.UTF_8);
			assertThat(frame.split("\\R|[\\x1C-\\x1E]", -1)).allMatch((line) -> line.isEmpty()
					|| line.startsWith("data: ") || line.equals("event: progress") || line.equals("id: 1-1"));
		}
	}

	@Test
	void aTextWithoutCharactersIsAnEvent() {
		FrameBuffer out = new FrameBuffer();
		SseFrames.text(null, "", out);
		SseFrames.end("1-1", out);
		assertThat(SpecParser.parse(out.toByteArray())).containsExactly(new SpecParser.Event("message", "", "1-1"));
	}

	/** Python's splitlines and others break lines there. */
	@ParameterizedTest
	@ValueSource(strings = { "\u2028", "\u2029", "\u0085", "a\u2028\u2029\u0085é\u20ac\u2028b" })
	void lineBreaksOfUnicodeAreEscapedInEveryFormat(String text) {
		JobInfo job = new JobInfo(JobId.of("job"), text + "x", null, null, Instant.EPOCH);
		ProgressEvent event = ProgressEvent.builder(job, JobState.DONE, Instant.EPOCH)
			.message(text)
			.phase(text)
			.data(Map.of(text, List.of(text)))
			.result(Map.of(text, text))
			.build();
		for (String format : List.of("standard", "phase", "percent", "stage", "status")) {
			String frame = new String(this.formats.encoder(format, StreamIds.EVENT)
				.encode(new StoredEvent(new EventId(1, 1), event), false), StandardCharsets.UTF_8);
			assertThat(frame).doesNotContain("\u2028", "\u2029", "\u0085");
			assertThat(this.formats.format(format, event).data()).doesNotContain("\u2028", "\u2029", "\u0085");
			assertThatSame(JSON.readTree(SpecParser.parse(frame.getBytes(StandardCharsets.UTF_8)).get(0).data()),
					this.formats.get(format).data(event));
		}
	}

	@Test
	void aFormatThatFailsIsReplacedByAnOutline() {
		ProgressEventFormats formats = new ProgressEventFormats(
				List.of(format("throws", "progress", new Object[] { "not plain" }),
						format("browser", "error", Map.of()), format("lines", "a\nid: 7", Map.of())));
		StoredEvent stored = new StoredEvent(new EventId(1, 1), randomEvent());
		for (String name : List.of("throws", "browser", "lines")) {
			List<SpecParser.Event> events = SpecParser
				.parse(formats.encoder(name, StreamIds.EVENT).encode(stored, false));
			assertThat(events).singleElement().satisfies((event) -> {
				assertThat(event.lastEventId()).isEqualTo("1-1");
				assertThat(event.data()).startsWith("{\"jobId\":\"job\"").doesNotContain("\"data\":", "\"result\":");
			});
		}
	}

	private ProgressEvent randomEvent() {
		JobInfo job = new JobInfo(JobId.of("job"), randomText() + "x", null, null, Instant.EPOCH);
		JobState state = List.of(JobState.values()).get(this.random.nextInt(JobState.values().length));
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put(randomText(), randomText());
		data.put("list", List.of(randomText(), this.random.nextLong(), this.random.nextDouble(), true));
		data.put("nothing", null);
		return ProgressEvent.builder(job, state, Instant.EPOCH)
			.phase(randomText())
			.message(randomText())
			.note(new Note(Note.Level.INFO, randomText()))
			.progress(new Progress(this.random.nextDouble(), this.random.nextLong(), null, randomText(),
					this.random.nextDouble(), null))
			.data(data)
			.result((state == JobState.DONE) ? Map.of("r", randomText()) : null)
			.error((state == JobState.FAILED) ? new JobError(randomText(), randomText()) : null)
			.build();
	}

	private String randomText() {
		StringBuilder text = new StringBuilder();
		int length = this.random.nextInt(12);
		for (int i = 0; i < length; i++) {
			switch (this.random.nextInt(4)) {
				case 0 -> text.append(NASTY.charAt(this.random.nextInt(NASTY.length())));
				case 1 -> text.append((char) this.random.nextInt(Character.MAX_VALUE + 1));
				case 2 -> text.appendCodePoint(this.random.nextInt(Character.MAX_CODE_POINT + 1));
				default -> text.append((char) ('a' + this.random.nextInt(26)));
			}
		}
		return text.toString();
	}

	private static void assertThatSame(JsonNode json, @Nullable Object plain) {
		if (plain instanceof Map<?, ?> map) {
			assertThat(json.size()).isEqualTo(map.size());
			map.forEach((name, value) -> assertThatSame(json.get(wellFormed(name)), value));
		}
		else if (plain instanceof List<?> list) {
			assertThat(json.size()).isEqualTo(list.size());
			for (int i = 0; i < list.size(); i++) {
				assertThatSame(json.get(i), list.get(i));
			}
		}
		else if (plain instanceof String) {
			assertThat(json.stringValue()).isEqualTo(wellFormed(plain));
		}
		else if (plain instanceof Double number) {
			assertThat(json.doubleValue()).isEqualTo(number);
		}
		else if (plain instanceof Number number) {
			assertThat(json.longValue()).isEqualTo(number.longValue());
		}
		else if (plain == null) {
			assertThat(json.isNull()).isTrue();
		}
		else {
			assertThat(json.booleanValue()).isEqualTo(plain);
		}
	}

	private static String wellFormed(Object text) {
		try {
			return StandardCharsets.UTF_8
				.decode(StandardCharsets.UTF_8.newEncoder()
					.onMalformedInput(CodingErrorAction.REPLACE)
					.replaceWith("\uFFFD".getBytes(StandardCharsets.UTF_8))
					.encode(CharBuffer.wrap(text.toString())))
				.toString();
		}
		catch (CharacterCodingException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void idsOfAStoreAreWrittenAsTheyRead() {
		Random random = new Random(7);
		for (int i = 0; i < 2_000; i++) {
			EventId id = new EventId(random.nextLong() >>> (1 + random.nextInt(63)),
					random.nextLong() >>> (1 + random.nextInt(63)));
			FrameBuffer out = new FrameBuffer();
			SseFrames.end(id, out);
			assertThat(out.toByteArray()).asString(StandardCharsets.US_ASCII).isEqualTo("id: " + id + "\n\n");
		}
	}

	private static byte[] event(@Nullable String name, String json) {
		FrameBuffer out = new FrameBuffer();
		SseFrames.event(name, (buffer) -> buffer.write(json.getBytes(StandardCharsets.UTF_8)), out);
		return out.toByteArray();
	}

	private static byte[] eventOfAnyName(String name, String json) {
		FrameBuffer out = new FrameBuffer();
		SseFrames.eventOfAnyName(name, (buffer) -> buffer.write(json.getBytes(StandardCharsets.UTF_8)), out);
		return out.toByteArray();
	}

	private static byte[] end(String id) {
		FrameBuffer out = new FrameBuffer();
		SseFrames.end(id, out);
		return out.toByteArray();
	}

	private static byte[] concat(byte[]... parts) {
		FrameBuffer out = new FrameBuffer();
		for (byte[] part : parts) {
			out.write(part);
		}
		return out.toByteArray();
	}

	private static ProgressEventFormat format(String name, String eventName, Object data) {
		return new ProgressEventFormat() {

			@Override
			public String name() {
				return name;
			}

			@Override
			public String eventName(ProgressEvent event) {
				return eventName;
			}

			@Override
			public Object data(ProgressEvent event) {
				return data;
			}

		};
	}

}
