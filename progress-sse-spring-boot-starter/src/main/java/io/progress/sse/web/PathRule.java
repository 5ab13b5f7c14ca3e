package io.progress.sse.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.progress.sse.support.SettingRule;

/**
 * Refuses paths that cannot be served, and two endpoints that would answer one URL.
 */
final class PathRule {

	private static final String CHARACTERS = "characters of A-Z, a-z, 0-9 and -._~!$&'()+,=:@";

	private static final String PLAIN = "[A-Za-z0-9._~!$&'()+,=:@-]";

	private static final Pattern PLAIN_PATH = Pattern.compile("(/" + PLAIN + "+)+");

	private static final Pattern PATH = Pattern.compile("(/(" + PLAIN + "|\\{[a-zA-Z][a-zA-Z0-9_]*})+)+");

	private static final Pattern DOTS = Pattern.compile("/\\.\\.?(/|$)");

	private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");

	private final Map<String, String> keys = new LinkedHashMap<>();

	/**
	 * Checks a path that must not contain a variable.
	 */
	static void isPlain(String key, String path) {
		SettingRule.isTrue(key, path.startsWith("/") && !path.endsWith("/"),
				"must start with a slash and not end with one", path);
		SettingRule.isTrue(key, PLAIN_PATH.matcher(path).matches() && !DOTS.matcher(path).find(),
				"must consist of parts between single slashes, of " + CHARACTERS + ", none of them . or ..", path);
	}

	/**
	 * Checks a path that must contain {@code {jobId}}.
	 */
	static void hasJob(String key, @Nullable String path) {
		String value = String.valueOf(path);
		SettingRule.isTrue(key, !value.contains("{jobId:"),
				"must contain {jobId} without a pattern, because the alphabet of job ids is fixed", value);
		SettingRule.isTrue(key, value.startsWith("/") && value.contains(WebSettings.JOB),
				"must start with a slash and contain {jobId}", value);
		SettingRule.isTrue(key, value.indexOf(WebSettings.JOB) == value.lastIndexOf(WebSettings.JOB),
				"must contain {jobId} once", value);
		SettingRule.isTrue(key, PATH.matcher(value).matches() && !DOTS.matcher(value).find(),
				"must consist of parts between single slashes, of " + CHARACTERS
						+ " and variables such as {jobId}, without patterns and wildcards, none of them . or ..",
				value);
	}

	/**
	 * Checks that no other endpoint has this path. Names of variables do not matter.
	 */
	void isOwn(String key, String path) {
		String other = this.keys.putIfAbsent(VARIABLE.matcher(path).replaceAll("{}"), key);
		SettingRule.isTrue(key, other == null, "must differ from the path of '" + other + "'", path,
				"give one of the two another path");
	}

}
