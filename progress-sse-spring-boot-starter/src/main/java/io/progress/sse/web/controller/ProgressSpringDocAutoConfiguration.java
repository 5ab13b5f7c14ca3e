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
 * Removes the reporter parameter of controller methods from the documentation that
 * springdoc generates, because clients do not send it.
 */
@AutoConfiguration
@ConditionalOnClass(name = ProgressSpringDocAutoConfiguration.UTILS)
public final class ProgressSpringDocAutoConfiguration {

	static final String UTILS = "org.springdoc.core.utils.SpringDocUtils";

	/**
	 * Uses reflection, because springdoc brings another Jackson version. If another
	 * version of springdoc lacks the method, the parameter stays visible.
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
