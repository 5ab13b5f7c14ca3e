package io.progress.sse.support;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BackoffTests {

	private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(350));

	@Test
	void doublesItsPausesUpToTheLongest() {
		assertThat(this.backoff.nextMillis()).isBetween(50L, 100L);
		assertThat(this.backoff.nextMillis()).isBetween(100L, 200L);
		assertThat(this.backoff.nextMillis()).isBetween(175L, 350L);
		assertThat(TimeUnit.NANOSECONDS.toMillis(this.backoff.nextNanos())).isBetween(175L, 350L);
	}

	@Test
	void beginsAgainWithTheShortest() {
		this.backoff.nextMillis();
		this.backoff.nextMillis();
		this.backoff.reset();
		assertThat(this.backoff.nextMillis()).isBetween(50L, 100L);
	}

}
