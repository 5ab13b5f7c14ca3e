package io.progress.sse.web;

import java.util.List;
import java.util.stream.Stream;

import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Pages that another module serves below the path of the endpoints, in applications of
 * either kind. They are for people: who is not signed in is sent where the application's
 * security sends visitors of its own pages.
 *
 * @param paths their paths within the application, as patterns; no other request is for
 * them
 * @param routes answers them
 */
public record AddedPages(List<String> paths, RouterFunction<ServerResponse> routes) {

	/**
	 * Adds pages to routes.
	 * @param routes the routes, which are asked first
	 * @param pages the pages
	 * @return routes that answer requests for both
	 */
	public static RouterFunction<ServerResponse> behind(RouterFunction<ServerResponse> routes,
			Stream<AddedPages> pages) {
		return pages.map(AddedPages::routes).reduce(routes, RouterFunction::and);
	}

	/**
	 * What the paths look like.
	 * @return a pattern for each
	 */
	public List<PathPattern> patterns() {
		return this.paths.stream().map(PathPatternParser.defaultInstance::parse).toList();
	}

}
