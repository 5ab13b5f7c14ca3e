package io.progress.sse.engine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.progress.sse.JobSpec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Names are metric tags and words in the log.
 */
class JobNameTests {

	@ParameterizedTest
	@ValueSource(strings = { "report", "Orders.render", "GET /orders/page", "Bericht für März", "報告",
			"Outer$Inner.work_1", "a:b#c+d-e" })
	void mayBeWords(String name) {
		assertThat(JobSpec.named(name).name()).isEqualTo(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\nb", "a\rb", "a\u2028b", "a\u0085b", "a\u001b[31mb", "a\u202eb", "${name}", "<b>" })
	void mayNotBeWhatForgesALine(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> JobSpec.named(name))
			.withMessageStartingWith("'name' must be 1 to 100 letters, digits, spaces or any of . _ : / $ # + -")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]"));
	}

	@Test
	void mayNotBeTooLong() {
		assertThatCode(() -> JobSpec.named("x".repeat(100))).doesNotThrowAnyException();
		assertThatIllegalArgumentException().isThrownBy(() -> JobSpec.named("x".repeat(101)));
	}

}
