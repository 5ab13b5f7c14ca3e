package io.progress.sse.boxtests;

import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

/**
 * The applications of these tests share one class path, but not their
 * auto-configurations.
 */
final class Exclusions {

	static final String PROPERTY = "spring.autoconfigure.exclude";

	private static final String GATEWAY = "org.springframework.cloud.gateway.";

	private static final String SERVLET_GATEWAY = GATEWAY + "server.mvc.";

	private Exclusions() {
	}

	static String gateways() {
		return all((name) -> name.startsWith(GATEWAY));
	}

	static String allButReactiveGateway() {
		return all((name) -> name.startsWith("io.progress.sse.") || name.startsWith(SERVLET_GATEWAY));
	}

	static String allButServletGateway() {
		return all((name) -> name.startsWith("io.progress.sse.")
				|| (name.startsWith(GATEWAY) && !name.startsWith(SERVLET_GATEWAY)));
	}

	private static String all(Predicate<String> excluded) {
		ImportCandidates candidates = ImportCandidates.load(AutoConfiguration.class, Exclusions.class.getClassLoader());
		return StreamSupport.stream(candidates.spliterator(), false).filter(excluded).collect(Collectors.joining(","));
	}

}
