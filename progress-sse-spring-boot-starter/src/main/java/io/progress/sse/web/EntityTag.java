package io.progress.sse.web;

import java.util.List;
import java.util.regex.Pattern;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * An entity tag: identifies the state of a resource that a client has seen (RFC 9110,
 * 8.8.3).
 *
 * @param value the tag, in quotes
 */
record EntityTag(String value) {

	private static final Pattern COMPRESSED = Pattern.compile("-(gzip|br)\"$");

	static EntityTag of(String content) {
		return new EntityTag("\"" + content + "\"");
	}

	/**
	 * Whether the client already has this state, so that it gets status 304. A malformed
	 * header is ignored.
	 */
	boolean isKnownTo(ServerRequest request) {
		List<String> headers = request.headers().header(HttpHeaders.IF_NONE_MATCH);
		for (String header : headers) {
			for (String each : header.split(",", -1)) {
				if (isSame(each.strip())) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * Whether a tag is this one, also as proxies change it that compress the response:
	 * nginx makes it weak, and Apache httpd appends "-gzip" (or "-br") and does not take
	 * that away again.
	 */
	private boolean isSame(String tag) {
		String strong = tag.startsWith("W/") ? tag.substring(2) : tag;
		return tag.equals("*") || COMPRESSED.matcher(strong).replaceFirst("\"").equals(this.value);
	}

}
