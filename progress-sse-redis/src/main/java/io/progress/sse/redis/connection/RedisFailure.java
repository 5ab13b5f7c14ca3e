package io.progress.sse.redis.connection;

import java.io.IOException;
import java.util.regex.Pattern;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of failed commands. All except the last may be temporary, or an operator may
 * fix the cause; therefore such commands are tried again.
 */
public enum RedisFailure {

	/** No answer in time; the command may have been executed. */
	TIMEOUT,
	/** No connection, or it was lost meanwhile. */
	UNREACHABLE,
	/** Memory is full and nothing may be evicted. */
	OUT_OF_MEMORY("OOM"),
	/** The server is a replica: another one is the master now. */
	DEMOTED("READONLY"),
	/**
	 * The server is loading its data, is busy, cannot write to its disk or lacks
	 * replicas, or the cluster has no master for the key.
	 */
	NOT_READY("LOADING", "MASTERDOWN", "CLUSTERDOWN", "MOVED", "ASK", "TRYAGAIN", "BUSY", "NOREPLICAS", "MISCONF",
			"UNBLOCKED"),
	/** The script cache was emptied; the script is sent again. */
	NO_SCRIPT("NOSCRIPT"),
	/** Rights or credentials are missing. */
	REFUSED("NOPERM", "NOAUTH", "WRONGPASS", "can't run this command", "can't access"),
	/** An unknown error. */
	OTHER,
	/** A key of another type under our name, or a value that is too large for Redis. */
	REJECTED("WRONGTYPE", "invalid bulk length", "exceeds maximum allowed size", "too large to be stored");

	private final @Nullable Pattern sign;

	RedisFailure(String... signs) {
		this.sign = (signs.length > 0) ? Pattern.compile("(?<!\\w)(" + String.join("|", signs) + ")(?!\\w)") : null;
	}

	/**
	 * Whether other commands are likely to fail as well, such as the beats of workers.
	 */
	boolean isOutage() {
		return this != NO_SCRIPT && this != OTHER && this != REJECTED;
	}

	public static RedisFailure of(Throwable error) {
		if (error instanceof RedisCommandTimeoutException) {
			return TIMEOUT;
		}
		if (error instanceof RedisCommandExecutionException) {
			return ofReply(String.valueOf(error.getMessage()));
		}
		boolean lost = error instanceof RedisException || error instanceof IOException
				|| error.getCause() instanceof IOException;
		return lost ? UNREACHABLE : OTHER;
	}

	/**
	 * Before Redis 7, the error of a command in a script is in the middle of a longer
	 * text: {@code ERR Error running script … -READONLY You can't write …}.
	 */
	private static RedisFailure ofReply(String reply) {
		for (RedisFailure each : values()) {
			if (each.isNamedBy(reply)) {
				return each;
			}
		}
		return OTHER;
	}

	private boolean isNamedBy(String reply) {
		return this.sign != null && this.sign.matcher(reply).find();
	}

}
