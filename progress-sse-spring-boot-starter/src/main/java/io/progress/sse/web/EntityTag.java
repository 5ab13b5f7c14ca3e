package io.progress.sse.web;

import java.util.List;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * An entity tag: identifies the state of a resource that a client has seen (RFC 9110,
 * 8.8.3).
 *
 * @param value the tag, in quotes
 */
record EntityTag(String value) {

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
				String tag = each.strip();
				if (tag.equals("*") || tag.equals(this.value) || tag.equals("W/" + this.value)) {
					return true;
				}
			}
		}
		return false;
	}

}
