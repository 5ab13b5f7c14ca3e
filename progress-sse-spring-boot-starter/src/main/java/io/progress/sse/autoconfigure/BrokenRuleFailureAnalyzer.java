package io.progress.sse.autoconfigure;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

import io.progress.sse.support.BrokenRuleException;

/**
 * Says why an application did not start, and what to do, if a setting, an annotated
 * method or a bean breaks a rule. Comes before Spring Boot's own analyzer of settings,
 * which knows neither the key nor a remedy.
 */
@Order(0)
final class BrokenRuleFailureAnalyzer extends AbstractFailureAnalyzer<BrokenRuleException> {

	private static final Pattern KEY = Pattern.compile("'([A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)+)'");

	private final @Nullable Environment environment;

	/**
	 * Creates an analyzer.
	 * @param environment the application's settings; {@code null} if it has none yet
	 */
	BrokenRuleFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, BrokenRuleException cause) {
		String key = key(cause);
		return new FailureAnalysis(cause.problem() + "." + origin(key), action(cause, key), cause);
	}

	private static @Nullable String key(BrokenRuleException cause) {
		Matcher key = KEY.matcher(cause.culprit());
		return key.matches() ? key.group(1) : null;
	}

	private static String action(BrokenRuleException cause, @Nullable String key) {
		String remedy = cause.remedy();
		if (remedy != null) {
			return StringUtils.capitalize(remedy) + ".";
		}
		return (key != null) ? "Change '" + key + "', or remove it to get its default."
				: "Change " + cause.culprit() + " where the application sets it.";
	}

	private String origin(@Nullable String key) {
		if (key == null || !(this.environment instanceof ConfigurableEnvironment configurable)) {
			return "";
		}
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(key, '.');
		return StreamSupport
			.stream(ConfigurationPropertySources.from(configurable.getPropertySources()).spliterator(), false)
			.flatMap((source) -> Stream.of(name, name.append("[0]")).map(source::getConfigurationProperty))
			.filter(Objects::nonNull)
			.map(ConfigurationProperty::getOrigin)
			.filter(Objects::nonNull)
			.findFirst()
			.map((origin) -> System.lineSeparator().repeat(2) + "    Origin: " + origin)
			.orElse("");
	}

}
