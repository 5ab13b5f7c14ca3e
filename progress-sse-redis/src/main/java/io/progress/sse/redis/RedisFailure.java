package io.progress.sse.redis;

import java.io.IOException;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;

/**
 * Why Redis did not do what it was asked to. All but the last two pass by themselves.
 */
enum RedisFailure {

	/** No answer in time; it may have been done. */
	TIMEOUT,
	/** No connection, or it was lost meanwhile. */
	UNREACHABLE,
	/** Memory is full and nothing may be evicted. */
	OUT_OF_MEMORY,
	/** A replica, a server that loads its data, or a cluster without a master here. */
	NOT_READY,
	/** The script cache was emptied; the script is sent along. */
	NO_SCRIPT,
	/** Rights or credentials are missing; an operator may put that right. */
	REFUSED,
	/** A foreign key under our name, or a bug: trying again does not cure it. */
	REJECTED;

	static RedisFailure of(Throwable error) {
		if (error instanceof RedisCommandTimeoutException) {
			return TIMEOUT;
		}
		if (error instanceof RedisNoScriptException) {
			return NO_SCRIPT;
		}
		if (error instanceof RedisCommandExecutionException) {
			return ofReply(String.valueOf(error.getMessage()));
		}
		boolean lost = error instanceof RedisConnectionException || error instanceof RedisException
				|| error instanceof IOException || error.getCause() instanceof IOException;
		return lost ? UNREACHABLE : REJECTED;
	}

	private static RedisFailure ofReply(String reply) {
		String code = reply.substring(0, Math.max(0, reply.indexOf(' ')));
		return switch (code) {
			case "OOM" -> OUT_OF_MEMORY;
			case "LOADING", "READONLY", "MASTERDOWN", "CLUSTERDOWN", "MOVED", "ASK", "TRYAGAIN", "BUSY", "NOREPLICAS",
					"MISCONF", "UNBLOCKED" ->
				NOT_READY;
			case "NOPERM", "NOAUTH", "WRONGPASS" -> REFUSED;
			default -> reply.contains("OOM command not allowed") ? OUT_OF_MEMORY : REJECTED;
		};
	}

}
