package io.progress.sse.autoconfigure;

import java.util.List;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.progress.sse.support.BrokenRuleException;

/**
 * Refuses to keep jobs in memory where the settings ask for Redis: other nodes would not
 * find them.
 */
@Configuration(proxyBeanMethods = false)
final class RedisMissingConfiguration {

	private static final List<String> KEYS = List.of("progress.sse.redis.enabled", "progress.sse.redis.required");

	private static void check(Environment environment, String missing) {
		for (String key : KEYS) {
			if (environment.getProperty(key, boolean.class, false)) {
				throw new BrokenRuleException("'" + key + "'",
						"must be false unless " + missing + " is on the class path", "true",
						"add that dependency, or remove the setting", null);
			}
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("io.progress.sse.redis.RedisProgressEventStore")
	static final class ModuleMissingConfiguration {

		ModuleMissingConfiguration(Environment environment) {
			check(environment, "io.progress-sse:progress-sse-redis");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "io.progress.sse.redis.RedisProgressEventStore")
	@ConditionalOnMissingClass("org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory")
	static final class LibraryMissingConfiguration {

		LibraryMissingConfiguration(Environment environment) {
			check(environment, "org.springframework.boot:spring-boot-starter-data-redis");
		}

	}

}
