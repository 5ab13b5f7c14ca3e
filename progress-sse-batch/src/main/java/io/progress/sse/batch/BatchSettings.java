package io.progress.sse.batch;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.PatternMatchUtils;

import io.progress.sse.support.SettingRule;

/**
 * Properties of the jobs of Spring Batch.
 *
 * @param enabled Whether executions of Spring Batch become jobs.
 * @param exclude Comma-separated list of names of Batch jobs that are left out; "*"
 * stands for any characters.
 * @param names Names that viewers see, by the name of the Batch job; its own name by
 * default.
 * @param ownerParameter Job parameter that names the owner; without it, or if the
 * parameter is absent, the job belongs to the caller who launched it.
 * @param parameters Comma-separated list of names of the job parameters that viewers see;
 * "*" stands for any characters. None by default, because parameters may be secret.
 * @param history Whether earlier executions weigh the steps and give an estimated total
 * to steps whose number of items is not known.
 */
@ConfigurationProperties("progress.sse.batch")
public record BatchSettings(@DefaultValue("true") boolean enabled, @DefaultValue List<String> exclude,
		@DefaultValue Map<String, String> names, @Nullable String ownerParameter, @DefaultValue List<String> parameters,
		@DefaultValue("true") boolean history) {

	static final String PREFIX = "progress.sse.batch.";

	/**
	 * Checks and copies.
	 * @throws IllegalArgumentException if a value is out of its range
	 */
	public BatchSettings {
		exclude = List.copyOf(exclude);
		names = Map.copyOf(names);
		parameters = List.copyOf(parameters);
		names.forEach((job, name) -> SettingRule.isTrue(PREFIX + "names." + job, JobNames.name(name).equals(name),
				"must be 1 to 100 letters, digits, spaces or any of . _ : / $ # + -", name));
	}

	boolean excludes(String jobName) {
		return PatternMatchUtils.simpleMatch(this.exclude.toArray(String[]::new), jobName);
	}

	boolean shows(String parameter) {
		return PatternMatchUtils.simpleMatch(this.parameters.toArray(String[]::new), parameter);
	}

}
