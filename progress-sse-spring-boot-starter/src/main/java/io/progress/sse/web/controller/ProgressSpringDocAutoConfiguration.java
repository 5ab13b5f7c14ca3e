package io.progress.sse.web.controller;

import java.lang.reflect.Method;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

import io.progress.sse.ProgressReporter;

/**
 * Keeps the reporter of controller methods out of the documentation that springdoc makes:
 * no client sends it.
 */
@AutoConfiguration
@ConditionalOnClass(name = ProgressSpringDocAutoConfiguration.UTILS)
public final class ProgressSpringDocAutoConfiguration {

	static final String UTILS = "org.springdoc.core.utils.SpringDocUtils";

	/**
	 * By reflection, because springdoc brings a Jackson of its own. Another version of
	 * springdoc may not have the method: then the parameter shows.
	 */
	@Bean
	SmartInitializingSingleton progressSpringDocParameters() {
		return () -> {
			Class<?> utils = ClassUtils.resolveClassName(UTILS, ProgressReporter.class.getClassLoader());
			Method config = ReflectionUtils.findMethod(utils, "getConfig");
			Method ignore = ReflectionUtils.findMethod(utils, "addRequestWrapperToIgnore", Class[].class);
			if (config != null && ignore != null) {
				ReflectionUtils.invokeMethod(ignore, ReflectionUtils.invokeMethod(config, null),
						(Object) new Class<?>[] { ProgressReporter.class });
			}
		};
	}

}
