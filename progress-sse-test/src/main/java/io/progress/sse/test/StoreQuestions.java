package io.progress.sse.test;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import io.progress.sse.event.JobId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.ProgressEventStore;

/**
 * Reads from a store that may be unreachable for a while.
 */
record StoreQuestions(ProgressEventStore store, Duration patience) {

	@Nullable EventPage read(JobId job, int limit) {
		return ask(Mono.defer(() -> this.store.read(job, null, limit)));
	}

	void delete(JobId job) {
		ask(Mono.defer(() -> this.store.delete(job)));
	}

	private <T> @Nullable T ask(Mono<T> question) {
		return question.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, Duration.ofMillis(200))).block(this.patience);
	}

}
