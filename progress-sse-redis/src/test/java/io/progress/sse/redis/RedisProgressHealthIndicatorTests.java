package io.progress.sse.redis;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

class RedisProgressHealthIndicatorTests {

	@Test
	void isUpWhenCommandsAreAnsweredAndAllServersAreListenedTo() {
		Health health = health(true, 3, 3);
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).doesNotContainKey("degraded").containsEntry("lanes", 3);
	}

	@Test
	void saysThatCommandsFail() {
		Health health = health(false, 1, 1);
		assertThat(health.getStatus()).isEqualTo(RedisProgressHealthIndicator.DEGRADED);
		assertThat(health.getDetails().get("degraded")).asString().contains("outboxes").doesNotContain("polled");
	}

	@Test
	void saysWhichPartOfTheJobsIsPolled() {
		assertThat(health(true, 3, 2).getDetails().get("degraded")).asString().contains("1 of 3 servers");
	}

	private static Health health(boolean connected, int lanes, int lanesUp) {
		return new RedisProgressHealthIndicator(
				() -> new RedisStoreStatus(connected, lanes, lanesUp, 7, 0, Map.of(), Map.of(), 0, 0))
			.health();
	}

}
