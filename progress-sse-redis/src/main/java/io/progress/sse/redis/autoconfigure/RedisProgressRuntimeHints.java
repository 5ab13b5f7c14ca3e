package io.progress.sse.redis.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/**
 * What a native image must contain of the store in Redis: its scripts, and the records
 * that are written as JSON.
 */
final class RedisProgressRuntimeHints implements RuntimeHintsRegistrar {

	private static final String STORE = "io.progress.sse.redis.";

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.resources().registerPattern("io/progress/sse/redis/*.lua");
		for (String document : new String[] { "EventDocument", "EventDocument$NoteDocument",
				"EventDocument$ErrorDocument", "JobDocument", "DeliveryDocument", "TicketDocument" }) {
			hints.reflection()
				.registerType(TypeReference.of(STORE + document), MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
						MemberCategory.INVOKE_DECLARED_METHODS, MemberCategory.ACCESS_DECLARED_FIELDS);
		}
	}

}
