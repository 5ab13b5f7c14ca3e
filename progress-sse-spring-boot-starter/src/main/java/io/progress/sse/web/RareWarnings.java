package io.progress.sse.web;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import org.slf4j.Logger;

/**
 * Logs warnings about failures of application code, but not for every request: at most
 * once a minute for each type of exception.
 */
final class RareWarnings {

	private static final long PAUSE = Duration.ofMinutes(1).toNanos();

	private static final int MAX_KINDS = 64;

	private final Map<String, Long> told = new ConcurrentHashMap<>();

	private final Logger logger;

	private final LongSupplier nanoTime;

	RareWarnings(Logger logger, LongSupplier nanoTime) {
		this.logger = logger;
		this.nanoTime = nanoTime;
	}

	/**
	 * Logs a warning, unless it was just logged.
	 * @param message the failure and its consequence
	 * @param failure the exception
	 */
	void warn(String message, Throwable failure) {
		String kind = message + failure.getClass().getName();
		long now = this.nanoTime.getAsLong();
		Long before = this.told.get(kind);
		if (before != null && now - before < PAUSE) {
			return;
		}
		if (before == null && this.told.size() >= MAX_KINDS) {
			this.told.clear();
		}
		this.told.put(kind, now);
		this.logger.warn("{} (logged at most once a minute for each type of exception)", message, failure);
	}

}
