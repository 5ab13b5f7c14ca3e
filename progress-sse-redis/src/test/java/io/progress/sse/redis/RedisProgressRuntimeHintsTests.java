package io.progress.sse.redis;

import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

import static org.assertj.core.api.Assertions.assertThat;

class RedisProgressRuntimeHintsTests {

	@Test
	void keepScripts() {
		RuntimeHints hints = new RuntimeHints();
		new RedisProgressRuntimeHints().registerHints(hints, null);
		assertThat(RuntimeHintsPredicates.resource().forResource("io/progress/sse/redis/append.lua")).accepts(hints);
	}

}
