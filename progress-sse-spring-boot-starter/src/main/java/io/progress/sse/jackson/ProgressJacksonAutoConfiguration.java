package io.progress.sse.jackson;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import tools.jackson.databind.json.JsonMapper;

import io.progress.sse.ProgressDataMapper;

/**
 * Auto-configuration of the mapper that turns reported objects into plain values, with
 * the application's own Jackson 3 or 2. Without Jackson only plain values can be
 * reported.
 */
@AutoConfiguration(beforeName = "io.progress.sse.autoconfigure.ProgressAutoConfiguration",
		afterName = { "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
				"org.springframework.boot.jackson2.autoconfigure.Jackson2AutoConfiguration" })
@ConditionalOnMissingBean(ProgressDataMapper.class)
public final class ProgressJacksonAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JsonMapper.class)
	@ConditionalOnSingleCandidate(JsonMapper.class)
	@Order(1)
	static class Jackson3Configuration {

		@Bean
		JacksonDataMapper progressDataMapper(JsonMapper mapper) {
			return new JacksonDataMapper(mapper);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ObjectMapper.class)
	@ConditionalOnSingleCandidate(ObjectMapper.class)
	@ConditionalOnMissingBean(ProgressDataMapper.class)
	@Order(2)
	static class Jackson2Configuration {

		@Bean
		Jackson2DataMapper progressDataMapper(ObjectMapper mapper) {
			return new Jackson2DataMapper(mapper);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JsonMapper.class)
	@ConditionalOnMissingBean(ProgressDataMapper.class)
	@Order(3)
	static class SharedMapperConfiguration {

		@Bean
		JacksonDataMapper progressDataMapper() {
			return new JacksonDataMapper(JsonMapper.shared());
		}

	}

}
