package io.progress.sse.aop;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Keeps the methods of a native image that {@link Guards} compares advice with.
 */
final class TrackProgressRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.reflection().registerType(Guards.RESULTS, MemberCategory.INVOKE_DECLARED_METHODS);
	}

}
