package io.progress.sse.redis;

import java.time.Duration;

import io.lettuce.core.ScriptOutputType;

/**
 * Lets time pass for what is in a Redis, whose clock cannot be moved: everything that
 * holds a time is made that much older.
 */
final class TimeMachine {

	private static final String AGE = """
			for _, key in ipairs(redis.call('KEYS', '*')) do
			  local left = redis.call('PTTL', key)
			  if left >= 0 then
			    if left <= tonumber(ARGV[1]) then redis.call('DEL', key)
			    else redis.call('PEXPIRE', key, left - ARGV[1]) end
			  end
			  if redis.call('TYPE', key).ok == 'hash' then
			    for _, field in ipairs({'x', 'r', 'z'}) do
			      local value = redis.call('HGET', key, field)
			      if value then redis.call('HSET', key, field, string.format('%.0f', value - ARGV[1])) end
			    end
			  end
			end
			return 1
			""";

	private static final String SET_BACK = """
			for _, key in ipairs(redis.call('KEYS', '*:job')) do
			  local newest = redis.call('HGET', key, 'l')
			  if newest then
			    local ms, n = string.match(newest, '^(%d+)-(%d+)$')
			    redis.call('HSET', key, 'l', string.format('%.0f-%.0f', ms + ARGV[1], n))
			  end
			end
			return 1
			""";

	private TimeMachine() {
	}

	static void pass(RedisProcess redis, Duration duration) {
		run(redis, AGE, duration);
	}

	/** The newest ids come from the future, as if the clock had been ahead. */
	static void setClockBack(RedisProcess redis, Duration duration) {
		run(redis, SET_BACK, duration);
	}

	private static void run(RedisProcess redis, String script, Duration duration) {
		redis.call((commands) -> commands.eval(script, ScriptOutputType.INTEGER, new String[0],
				Long.toString(duration.toMillis())));
	}

}
