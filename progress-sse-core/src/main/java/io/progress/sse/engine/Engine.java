package io.progress.sse.engine;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;

import io.progress.sse.JobListener;
import io.progress.sse.ProgressDataMapper;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.support.ForeignCode;

/**
 * What the jobs of a tracker share.
 *
 * @param store where events go
 * @param scheduler where retries run
 * @param clock tells the time of events
 * @param nanos measures time
 * @param tickNanos time between ticks
 * @param unwatchedNanos how often an unwatched job is published
 * @param outboxCapacity events of a job that may wait
 * @param load what waits in all outboxes together
 * @param texts where a status line is made that its worker left unmade
 * @param lateCalls calls on a reporter whose job or part had ended
 * @param refusedCalls calls on a reporter with numbers that cannot be
 * @param ends looks after jobs that have ended
 * @param dataMapper makes plain values
 * @param errors maps exceptions
 * @param listeners hear of jobs
 * @param cancelActions runs what the application wants to do when a job is to stop
 */
record Engine(ProgressEventStore store, Scheduler scheduler, Clock clock, LongSupplier nanos, long tickNanos,
		long unwatchedNanos, int outboxCapacity, OutboxLoad load, MessagePool texts, LongAdder lateCalls,
		LongAdder refusedCalls, TerminalEventRepair ends, ProgressDataMapper dataMapper, ErrorMapping errors,
		List<JobListener> listeners, Executor cancelActions) {

	private static final Logger logger = LoggerFactory.getLogger(Engine.class);

	static Engine of(ProgressTrackerBuilder settings, Scheduler scheduler, Executor cancelActions) {
		LongSupplier nanos = (settings.scheduler != null) ? SchedulerTime.of(settings.scheduler) : System::nanoTime;
		ProgressDataMapper dataMapper = (settings.dataMapper != null) ? settings.dataMapper : (value) -> value;
		return new Engine(settings.store, scheduler, settings.clock, nanos, settings.publishInterval.toNanos(),
				settings.unwatchedInterval.toNanos(), settings.outboxCapacity, new OutboxLoad(settings.outboxTotal),
				new MessagePool(), new LongAdder(), new LongAdder(), new TerminalEventRepair(settings.store, scheduler),
				dataMapper, new ErrorMapping(settings.errorMappers), List.copyOf(settings.listeners), cancelActions);
	}

	long now() {
		return this.nanos.getAsLong();
	}

	void tell(Consumer<JobListener> news) {
		for (JobListener listener : this.listeners) {
			ForeignCode.run(() -> news.accept(listener), (ex) -> logger.warn("A job listener failed", ex));
		}
	}

}
