package io.progress.sse.redis.autoconfigure;

import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

import static org.assertj.core.api.Assertions.assertThat;

class RedisProgressRuntimeHintsTests {

	@Test
	void keepScriptsAndDocuments() throws Exception {
		RuntimeHints hints = new RuntimeHints();
		new RedisProgressRuntimeHints().registerHints(hints, null);
		assertThat(RuntimeHintsPredicates.resource().forResource("io/progress/sse/redis/append.lua")).accepts(hints);
		for (String document : new String[] { "EventDocument", "EventDocument$NoteDocument",
				"EventDocument$ErrorDocument", "JobDocument", "DeliveryDocument", "TicketDocument" }) {
			String name = "io.progress.sse.redis." + document;
			assertThat(Class.forName(name).isRecord()).isTrue();
			assertThat(RuntimeHintsPredicates.reflection().onType(TypeReference.of(name))).accepts(hints);
		}
	}

}
