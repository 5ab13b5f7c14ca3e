package io.progress.sse.jackson;

import java.math.BigDecimal;
import java.math.BigInteger;
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
	void loseNoDigits() {
		Map<String, Object> numbers = Map.of("money", new BigDecimal("12345678901234567.89"), "price",
				new BigDecimal("10.00"), "tiny", new BigDecimal("0.1234567890123456789012345"), "many",
				new BigInteger("123456789012345678901234567890"), "one", 9007199254740993L);
		assertThat(this.mapper.toPlain(numbers)).isEqualTo(numbers);
		assertThat(this.mapper.toPlain(new BigDecimal("99999999999999999.99")))
			.isEqualTo(new BigDecimal("99999999999999999.99"));
		assertThat(this.mapper.toPlain(0.1f)).isEqualTo(0.1);
	}

	@Test
	void stayNumbersWhenTheyAreNotFinite() {
		assertThat(this.mapper.toPlain(Double.NaN)).isEqualTo(Double.NaN);
		assertThat(this.mapper.toPlain(Float.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
		assertThat(this.mapper.toPlain(new Page(1, List.of(3 / 0.0))))
			.isEqualTo(Map.of("number", 1, "margins", List.of(Double.POSITIVE_INFINITY)));
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
