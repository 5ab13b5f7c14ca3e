package io.progress.sse.web;

import java.util.regex.Pattern;

import io.progress.sse.support.SettingRule;

/**
 * Refuses names of headers that already have a meaning.
 */
public final class HeaderRule {

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");

	/**
	 * Headers of RFC 9110 to 9113, of WHATWG Fetch and HTML, and headers that proxies
	 * add.
	 */
	private static final Pattern TAKEN = Pattern.compile("""
			(accept|access-control|content|if|proxy|sec|x-forwarded)-.*\
			|accept|age|allow|alt-svc|authorization|cache-control|connection|cookie|date|etag|expect|expires|forwarded\
			|from|host|http2-settings|keep-alive|last-event-id|last-modified|link|location|max-forwards|origin|pragma\
			|prefer|priority|range|referer|refresh|retry-after|server|set-cookie|strict-transport-security|te|trailer\
			|transfer-encoding|upgrade|user-agent|vary|via|www-authenticate|x-accel-buffering|x-content-type-options\
			|x-real-ip|x-requested-with""", Pattern.CASE_INSENSITIVE);

	private HeaderRule() {
	}

	public static void isFree(String key, String name) {
		SettingRule.isTrue(key, NAME.matcher(name).matches(), "must be the name of a header", name);
		SettingRule.isTrue(key, !TAKEN.matcher(name).matches(),
				"must be a header that has no other meaning, such as X-Job-Id", name);
	}

}
