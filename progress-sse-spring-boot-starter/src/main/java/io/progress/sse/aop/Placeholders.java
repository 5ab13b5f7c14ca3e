package io.progress.sse.aop;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.util.ClassUtils;

import io.progress.sse.support.BrokenRuleException;

/**
 * Resolves <code>${…}</code> in attributes of the annotation.
 */
final class Placeholders {

	private Placeholders() {
	}

	static String resolve(String text, Method method, BeanFactory beanFactory) {
		if (!text.contains("${")) {
			return text;
		}
		String resolved = resolve(text, beanFactory);
		if (resolved == null || resolved.contains("${")) {
			throw new BrokenRuleException(
					"@TrackProgress method '%s':".formatted(ClassUtils.getQualifiedMethodName(method)),
					"'%s' names a property that is not set".formatted(text),
					"set it, or give a default: ${name:default}");
		}
		return resolved;
	}

	private static @Nullable String resolve(String text, BeanFactory beanFactory) {
		try {
			return (beanFactory instanceof ConfigurableBeanFactory configurable)
					? configurable.resolveEmbeddedValue(text) : text;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
