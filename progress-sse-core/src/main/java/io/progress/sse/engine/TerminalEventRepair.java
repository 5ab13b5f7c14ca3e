package io.progress.sse.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import io.progress.sse.store.EventBatch;
import io.progress.sse.store.LeasedProgressEventStore;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.support.ForeignCode;

/**
 * Sends the last events of ended jobs again. A store with replicas may lose acknowledged
 * events in a failover, and an ended job has no outbox any more that would notice. So its
 * last events are sent again a few times within half a minute; a store that still has
 * them ignores them. If very many jobs end at once, this is not done for some of them.
 */
final class TerminalEventRepair {

	static final List<Duration> AFTER = List.of(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(30));

	private static final int MAX_JOBS = 4096;

	private static final Logger logger = LoggerFactory.getLogger(TerminalEventRepair.class);

	private final AtomicInteger jobs = new AtomicInteger();

	private final ProgressEventStore store;

	private final Scheduler scheduler;

	TerminalEventRepair(ProgressEventStore store, Scheduler scheduler) {
		this.store = store;
		this.scheduler = scheduler;
	}

	/**
	 * Schedules the repetitions for a job.
	 * @param lastWords its last events, as a batch that restores them
	 */
	void add(EventBatch lastWords) {
		if (!(this.store instanceof LeasedProgressEventStore)) {
			return;
		}
		if (this.jobs.incrementAndGet() > MAX_JOBS) {
			this.jobs.decrementAndGet();
			return;
		}
		check(lastWords, 0);
	}

	private void check(EventBatch lastWords, int number) {
		Duration before = (number > 0) ? AFTER.get(number - 1) : Duration.ZERO;
		try {
			this.scheduler.schedule(() -> {
				ForeignCode.run(() -> append(lastWords),
						(ex) -> logger.debug("The last events of an ended job could not be sent again", ex));
				if (number + 1 < AFTER.size()) {
					check(lastWords, number + 1);
				}
				else {
					this.jobs.decrementAndGet();
				}
			}, AFTER.get(number).minus(before).toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			// The tracker was closed.
		}
	}

	private void append(EventBatch lastWords) {
		Mono.defer(() -> this.store.append(lastWords)).onErrorComplete().subscribe();
	}

}
