package io.progress.sse.redis;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.NestedExceptionUtils;

import io.progress.sse.support.BrokenRuleException;

/**
 * Connects when the application starts. A server that is too old is an error. A server
 * that cannot be reached is an error only if the application requires it; otherwise
 * events wait in the outboxes.
 */
final class RedisStartupCheck implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(RedisStartupCheck.class);

	private static final Duration MAX_WAIT = Duration.ofSeconds(5);

	private final RedisProgressEventStore store;

	private final boolean required;

	RedisStartupCheck(RedisProgressEventStore store, boolean required) {
		this.store = store;
		this.required = required;
	}

	@Override
	public void afterSingletonsInstantiated() {
		try {
			this.store.connect().toFuture().get(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			Throwable reason = (ex.getCause() != null) ? ex.getCause() : ex;
			if (reason instanceof IllegalStateException tooOld) {
				throw new BrokenRuleException("The server at 'spring.data.redis'",
						"cannot be used: " + tooOld.getMessage(), null,
						"upgrade it, or set 'progress.sse.redis.enabled' to false", tooOld);
			}
			unreachable(reason);
		}
		catch (TimeoutException ex) {
			unreachable(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void unreachable(Throwable reason) {
		if (this.required) {
			throw new BrokenRuleException("'progress.sse.redis.required'", "is true, but Redis cannot be reached", null,
					"see 'spring.data.redis'", reason);
		}
		logger.warn("Redis cannot be reached yet; events wait in memory until it can: {} ({})", reason.toString(),
				NestedExceptionUtils.getMostSpecificCause(reason).getMessage());
	}

}
