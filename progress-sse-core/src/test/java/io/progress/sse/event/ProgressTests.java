package io.progress.sse.event;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a progress knows.
 */
class ProgressTests {

	private static final Duration ETA = Duration.ofSeconds(6);

	@Test
	void knownValuesAreReturned() {
		Progress progress = new Progress(0.0, 0L, 12L, "images", 1.5, ETA);
		assertThat(progress.fraction()).isZero();
		assertThat(progress.completed()).isZero();
		assertThat(progress.total()).isEqualTo(12);
		assertThat(progress.unit()).isEqualTo("images");
		assertThat(progress.ratePerSecond()).isEqualTo(1.5);
		assertThat(progress.eta()).isEqualTo(ETA);
		assertThat(progress)
			.hasToString("Progress[fraction=0.0, completed=0, total=12, unit=images, ratePerSecond=1.5, eta=PT6S]");
	}

	@Test
	void unknownValuesAreNull() {
		Progress nothing = Progress.UNKNOWN;
		assertThat(nothing.fraction()).isNull();
		assertThat(nothing.completed()).isNull();
		assertThat(nothing.total()).isNull();
		assertThat(nothing.unit()).isNull();
		assertThat(nothing.ratePerSecond()).isNull();
		assertThat(nothing.eta()).isNull();
		assertThat(nothing).hasToString(
				"Progress[fraction=null, completed=null, total=null, unit=null, ratePerSecond=null, eta=null]");
	}

	@Test
	void theSameKnowledgeIsEqual() {
		Progress progress = new Progress(0.25, 3L, 12L, "images", 1.5, ETA);
		assertThat(new Progress(0.25, 3L, 12L, "images", 1.5, ETA)).isEqualTo(progress).hasSameHashCodeAs(progress);
		assertThat(new Progress(null, null, null, null, null, null)).isEqualTo(Progress.UNKNOWN)
			.hasSameHashCodeAs(Progress.UNKNOWN);
		assertThat(progress).isNotEqualTo(new Progress(null, 3L, 12L, "images", 1.5, ETA))
			.isNotEqualTo(new Progress(0.25, 4L, 12L, "images", 1.5, ETA))
			.isNotEqualTo(new Progress(0.25, 3L, null, "images", 1.5, ETA))
			.isNotEqualTo(new Progress(0.25, 3L, 12L, null, 1.5, ETA))
			.isNotEqualTo(new Progress(0.25, 3L, 12L, "images", 2.5, ETA))
			.isNotEqualTo(new Progress(0.25, 3L, 12L, "images", 1.5, null))
			.isNotEqualTo("progress");
	}

	@ParameterizedTest
	@ValueSource(doubles = { -0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY })
	void aFractionOutsideItsRangeIsRefused(double fraction) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Progress(fraction, null, null, null, null, null))
			.withMessageContaining("'fraction'")
			.withMessageContaining(String.valueOf(fraction));
	}

}
