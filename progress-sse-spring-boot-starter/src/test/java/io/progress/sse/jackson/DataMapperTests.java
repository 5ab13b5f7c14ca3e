package io.progress.sse.jackson;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.progress.sse.ProgressDataMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Objects of an application.
 */
abstract class DataMapperTests {

	private final ProgressDataMapper mapper;

	DataMapperTests(ProgressDataMapper mapper) {
		this.mapper = mapper;
	}

	@Test
	void becomePlainValues() {
		assertThat(this.mapper.toPlain(new Page(1, List.of(0.5, 2))))
			.isEqualTo(Map.of("number", 1, "margins", List.of(0.5, 2)));
	}

	@Test
	void stayWhatTheyAreWhenTheyArePlain() {
		assertThat(this.mapper.toPlain("text")).isEqualTo("text");
		assertThat(this.mapper.toPlain(3L)).isEqualTo(3L);
		assertThat(this.mapper.toPlain(null)).isNull();
	}

	@Test
	void areRefusedWhenTheyAreTooLarge() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.mapper.toPlain(IntStream.range(0, 100_000).boxed().toList()))
			.withMessageContaining("'value' must have at most 65536 bytes as JSON");
	}

	@Test
	void areRefusedWhenTheyHoldThemselves() {
		List<Object> cycle = new ArrayList<>();
		cycle.add(Map.of("again", cycle));
		assertThatIllegalArgumentException().isThrownBy(() -> this.mapper.toPlain(cycle));
	}

	@Test
	void areRefusedWhenTheyCannotBeWritten() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.mapper.toPlain(new Broken()))
			.withMessageStartingWith("'value' must be an object that can be written as JSON, but is a ")
			.withMessageContaining("Broken");
	}

	record Page(int number, List<Object> margins) {

	}

	static class Broken {

		public String getText() {
			throw new UnsupportedOperationException("secret");
		}

	}

}
