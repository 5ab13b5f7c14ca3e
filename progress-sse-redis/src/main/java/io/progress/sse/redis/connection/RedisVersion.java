package io.progress.sse.redis.connection;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks versions of servers. Valkey reports the version of Redis with which it is
 * compatible.
 */
final class RedisVersion {

	static final String OLDEST = "6.2";

	private static final Pattern NUMBERS = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(\\D.*)?");

	private RedisVersion() {
	}

	/** A text that is not a version counts as new enough. */
	static boolean isTooOld(String version) {
		Matcher numbers = NUMBERS.matcher(version);
		if (!numbers.matches()) {
			return false;
		}
		int major = Integer.parseInt(numbers.group(1));
		return major < 6 || (major == 6 && Integer.parseInt(numbers.group(2)) < 2);
	}

}
