package io.progress.sse.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.util.ClassUtils;

/**
 * Lets a native image find the types whose presence decides what the starter does:
 * without a hint each of them looks absent. Also keeps what is called by reflection.
 */
final class OptionalTypeRuntimeHints implements RuntimeHintsRegistrar {

	private static final List<String> TYPES = List.of("io.micrometer.context.ContextSnapshotFactory",
			"io.micrometer.observation.Observation", "java.util.function.Supplier", "java.util.stream.BaseStream",
			"org.springframework.security.authorization.method.AuthorizationAdvisor",
			"org.springframework.security.core.context.SecurityContext",
			"org.springframework.security.oauth2.core.AbstractOAuth2Token",
			"org.springframework.transaction.support.TransactionSynchronizationManager",
			"org.springframework.web.servlet.DispatcherServlet",
			"org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter",
			"org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody", "reactor.netty.Connection");

	/** The adapter between servlets and reactive routes asks proxies of these types. */
	private static final List<String> PROXIES = List.of("jakarta.servlet.ServletContext",
			"jakarta.servlet.ServletRegistration");

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		TYPES.forEach((type) -> hints.reflection().registerTypeIfPresent(classLoader, type));
		hints.reflection()
			.registerTypeIfPresent(classLoader, "org.springdoc.core.utils.SpringDocUtils",
					MemberCategory.INVOKE_PUBLIC_METHODS);
		PROXIES.stream()
			.filter((type) -> ClassUtils.isPresent(type, classLoader))
			.forEach((type) -> hints.proxies().registerJdkProxy(TypeReference.of(type)));
	}

}
