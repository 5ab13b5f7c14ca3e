package io.progress.sse.engine;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RateMeterTests {

	private static final double TICK = 0.25;

	private final RateMeter sampled = new RateMeter();

	private final RateMeter left = new RateMeter();

	@ParameterizedTest
	@ValueSource(ints = { 1, 10, 100, 1000 })
	void knowsOfTicksThatItWasNotAskedAt(int ticks) {
		move(200);
		for (int i = 0; i < ticks; i++) {
			this.sampled.sample(TICK, 200, 0.2, 1);
		}
		this.left.idle(ticks * TICK);
		assertThat(this.left.secondsToStall()).isEqualTo(this.sampled.secondsToStall());
		assertThat(this.left.unitsPerSecond()).isCloseTo(this.sampled.unitsPerSecond(), Percentage.withPercentage(5));
	}

	private void move(int ticks) {
		for (int i = 1; i <= ticks; i++) {
			this.sampled.sample(TICK, i, i / 1000.0, 1);
			this.left.sample(TICK, i, i / 1000.0, 1);
		}
	}

}
