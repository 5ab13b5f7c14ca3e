package io.progress.sse.sample.process;

import java.util.regex.Pattern;

import org.springframework.http.HttpStatus;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ResponseStatusException;

/**
 * What a visitor wants to know.
 *
 * @param start path of the page that the crawl begins with
 * @param clusters how many groups the pages are put into
 */
record AnalysisRequest(String start, int clusters) {

	static final int MAX_CLUSTERS = 10;

	/**
	 * Pages of this server's own site. Nothing that visitors name is a host, so that they
	 * cannot make this server ask another one.
	 */
	private static final Pattern PAGE = Pattern.compile("/site/[a-z-]{1,40}\\.html");

	/**
	 * Checks what a visitor sent.
	 * @throws ResponseStatusException with status 400 if it is not acceptable
	 */
	AnalysisRequest {
		if (!isPage(start)) {
			throw refused(
					"'site' must be the path of a page below /site/, but is '" + StringUtils.truncate(start, 40) + "'");
		}
		if (clusters < 1 || clusters > MAX_CLUSTERS) {
			throw refused("'clusters' must be from 1 to " + MAX_CLUSTERS + ", but is " + clusters);
		}
	}

	static boolean isPage(String path) {
		return PAGE.matcher(path).matches();
	}

	private static ResponseStatusException refused(String detail) {
		return new ResponseStatusException(HttpStatus.BAD_REQUEST, detail);
	}

}
