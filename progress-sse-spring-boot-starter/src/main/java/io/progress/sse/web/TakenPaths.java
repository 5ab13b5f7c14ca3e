package io.progress.sse.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

import io.progress.sse.support.SettingRule;

/**
 * Refuses endpoints that would take a URL away from a controller of the application: ours
 * are asked first, so no request would reach its method.
 */
public final class TakenPaths {

	private static final Pattern VARIABLE = Pattern.compile("\\{[^*/][^/]*}");

	/** Ours, by the property that says where they are. */
	private final Map<PathPattern, String> keys = new LinkedHashMap<>();

	/**
	 * Takes down where our endpoints are.
	 * @param settings the settings, which have their paths
	 */
	public TakenPaths(WebSettings settings) {
		WebSettings.endpoints(settings.path()).forEach((path) -> put("progress.sse.path", path));
		settings.routes().forEach((name, route) -> {
			String key = "progress.sse.routes." + name;
			put(key + ".path", route.path());
			if (route.statusPath() != null) {
				put(key + ".status-path", route.statusPath());
			}
			if (route.manyPath() != null) {
				put(key + ".many-path", route.manyPath());
			}
		});
	}

	private void put(String key, String path) {
		this.keys.put(PathPatternParser.defaultInstance.parse(path), key);
	}

	/**
	 * Checks a controller's path. One with wildcards has requests left that are not ours.
	 * @param path the path, as a pattern
	 * @param method the controller's method
	 * @throws IllegalArgumentException if all its requests would be ours
	 */
	public void check(String path, Object method) {
		String example = VARIABLE.matcher(path).replaceAll("x");
		if (example.contains("*") || example.contains("{")) {
			return;
		}
		PathContainer parsed = PathContainer.parsePath(example);
		this.keys.forEach((ours, key) -> SettingRule.isTrue(key, !ours.matches(parsed),
				"must leave '%s' to the controller method %s, which no request would reach: give one of the two another path"
					.formatted(path, method),
				ours.getPatternString()));
	}

}
