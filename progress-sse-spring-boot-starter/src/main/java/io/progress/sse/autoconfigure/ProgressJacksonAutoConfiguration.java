package io.progress.sse.autoconfigure;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.progress.sse.ProgressDataMapper;
import io.progress.sse.jackson.JacksonDataMapper;

/**
 * Auto-configuration of what turns reported objects into plain values. Without Jackson
 * only plain values can be reported.
 */
@AutoConfiguration(before = ProgressAutoConfiguration.class,
		afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnClass(JsonMapper.class)
public final class ProgressJacksonAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(ProgressDataMapper.class)
	JacksonDataMapper progressDataMapper(ObjectProvider<JsonMapper> mapper) {
		return new JacksonDataMapper(mapper.getIfUnique(JsonMapper::shared));
	}

}
