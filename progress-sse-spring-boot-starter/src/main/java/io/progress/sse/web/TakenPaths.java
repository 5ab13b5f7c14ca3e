package io.progress.sse.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

import io.progress.sse.support.SettingRule;

/**
 * Refuses endpoints whose path is also that of a controller of the application: if the
 * endpoints are matched first, no request would reach the controller's method.
 */
public final class TakenPaths {

	private static final Pattern VARIABLE = Pattern.compile("\\{[^*/][^/]*}");

	/** The paths of the endpoints, by the property that sets each. */
	private final Map<PathPattern, String> keys = new LinkedHashMap<>();

	private final WebSettings settings;

	/**
	 * Collects the paths of the endpoints.
	 * @param settings the settings with the paths
	 * @param pages pages that other modules have added
	 */
	public TakenPaths(WebSettings settings, List<AddedPages> pages) {
		this.settings = settings;
		WebSettings.endpoints(settings.path()).forEach((path) -> put("progress.sse.path", path));
		pages.forEach((added) -> added.paths().forEach((path) -> put("progress.sse.path", path)));
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
	 * Checks a controller's path. A path with wildcards is allowed, because it still gets
	 * other requests.
	 * @param order the order of the controller's handler mapping
	 * @param path the path, as a pattern
	 * @param method the controller's method
	 * @throws IllegalArgumentException if an endpoint would take all its requests
	 */
	public void check(int order, String path, Object method) {
		String example = VARIABLE.matcher(path).replaceAll("x");
		if (!this.settings.comeBefore(order) || example.contains("*") || example.contains("{")) {
			return;
		}
		PathContainer parsed = PathContainer.parsePath(example);
		this.keys.forEach((ours, key) -> SettingRule.isTrue(key, !ours.matches(parsed),
				"must leave '%s' to the controller method %s, which no request would reach".formatted(path, method),
				ours.getPatternString(), "change one of the two paths, or set 'progress.sse.order'"));
	}

}
