package io.progress.sse.stream.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.progress.sse.event.EventFields;
import io.progress.sse.event.ProgressEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each field of an event reaches the client, and the client's author.
 */
class EventFieldTests {

	private final ProgressEventFormats formats = new ProgressEventFormats(List.of());

	@Test
	void theStandardFormatShowsEachField() {
		String plain = json(EventFields.PLAIN);
		assertThat(EventFields.missing((event) -> !json(event).equals(plain)))
			.as("fields that StandardFormat does not show: the kind is for the server")
			.containsExactly("kind");
	}

	@Test
	void theTypesOfTheClientKnowEachField() throws IOException {
		String types = Files.readString(Path.of("..", "progress-sse-client", "types", "state.d.ts"));
		assertThat(keys().filter((key) -> !types.contains(key + "?:") && !types.contains(key + ":")))
			.as("keys that state.d.ts does not know: pages need not know what was left out")
			.isSubsetOf("coalesced");
	}

	private Stream<String> keys() {
		Set<String> keys = new TreeSet<>();
		EventFields.missing((event) -> keys.addAll(JsonMapper.shared().readTree(json(event)).propertyNames()));
		return keys.stream();
	}

	private String json(ProgressEvent event) {
		return this.formats.format("standard", event).data();
	}

}
