package io.progress.sse.redis.autoconfigure;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.NestedExceptionUtils;

import io.progress.sse.redis.RedisProgressEventStore;

/**
 * Connects before the application does its work. A server that will never do is an error.
 * One that is away is not, unless the application says so: events wait in the outboxes.
 */
final class RedisStartupCheck implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(RedisStartupCheck.class);

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final RedisProgressEventStore store;

	private final boolean required;

	RedisStartupCheck(RedisProgressEventStore store, boolean required) {
		this.store = store;
		this.required = required;
	}

	@Override
	public void afterSingletonsInstantiated() {
		try {
			this.store.connect().toFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			Throwable reason = (ex.getCause() != null) ? ex.getCause() : ex;
			if (reason instanceof IllegalStateException unfit) {
				throw unfit;
			}
			away(reason);
		}
		catch (TimeoutException ex) {
			away(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void away(Throwable reason) {
		if (this.required) {
			throw new IllegalStateException(
					"'progress.sse.redis.required' is true, but Redis cannot be reached; see 'spring.data.redis'",
					reason);
		}
		logger.warn("Jobs wait for Redis, which cannot be reached yet: {} ({})", reason.toString(),
				NestedExceptionUtils.getMostSpecificCause(reason).getMessage());
	}

}
