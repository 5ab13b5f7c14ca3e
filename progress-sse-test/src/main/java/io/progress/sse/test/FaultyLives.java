package io.progress.sse.test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.progress.sse.JobHandle;
import io.progress.sse.JobListener;
import io.progress.sse.event.JobError;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.StoredEvent;

/**
 * A listener that throws at random. Records the lives of jobs and checks them.
 */
final class FaultyLives implements JobListener {

	static final String JOB = "faulty";

	/** The answer of the second error mapper to each exception. */
	static final JobError ERROR = new JobError("made_up", "The work was made to fail");

	/** A limit, because each costs a wait and some are enough to see the cause. */
	private static final int ENOUGH = 10;

	private final Map<JobId, Life> lives = new ConcurrentHashMap<>();

	private final LongAdder events = new LongAdder();

	private final AtomicInteger violated = new AtomicInteger();

	private final ForeignFaults faults;

	private final Consumer<String> violations;

	FaultyLives(ForeignFaults faults, Consumer<String> violations) {
		this.faults = faults;
		this.violations = violations;
	}

	/** Returns the number of events that were passed to the store. */
	long events() {
		return this.events.sum();
	}

	/** Records the handle of a job. */
	void handle(JobHandle job) {
		life(job.id()).handle = job;
	}

	/** Records that the work throws. */
	void failing(JobId job) {
		life(job).failing = true;
	}

	/**
	 * Checks all jobs so far, and forgets them.
	 * @param deadline the time by which they must have ended, as of
	 * {@link System#nanoTime()}
	 */
	void check(StoreQuestions store, long deadline) {
		this.lives.forEach((job, life) -> {
			if (this.violated.get() < ENOUGH) {
				check(job, life, store, deadline);
			}
		});
		this.lives.clear();
	}

	private void check(JobId job, Life life, StoreQuestions store, long deadline) {
		try {
			await(life.ended, deadline);
			if (!life.started) {
				return;
			}
			await(life.settled, deadline);
			JobHandle handle = life.handle;
			check(job, life, (handle != null) ? handle.ended().toCompletableFuture().get(1, TimeUnit.SECONDS) : null,
					store.read(job, 1000));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			violate(job, "was not checked in time");
		}
		catch (ExecutionException | TimeoutException ex) {
			violate(job, "has no end: " + ex);
		}
		store.delete(job);
	}

	private static void await(CompletableFuture<?> future, long deadline)
			throws ExecutionException, InterruptedException, TimeoutException {
		future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
	}

	private void check(JobId job, Life life, @Nullable JobState said, @Nullable EventPage page) {
		List<ProgressEvent> ends = (page == null) ? List.of()
				: page.events().stream().map(StoredEvent::event).filter(ProgressEvent::isTerminal).toList();
		if (ends.size() != 1) {
			violate(job, "must end once in the store, but has ended as " + ends);
			return;
		}
		ProgressEvent end = ends.get(0);
		if (said != null && said != end.state()) {
			violate(job, "has ended as " + end.state() + " in the store, but as " + said + " in its handle");
		}
		if (life.ends.get() != 1) {
			violate(job, "must end once for its listeners, but has ended " + life.ends.get() + " times");
		}
		if (life.failing && end.state() == JobState.FAILED && !ERROR.equals(end.error())) {
			violate(job, "must have the error that a mapper made, but has " + end.error());
		}
	}

	private void violate(JobId job, String what) {
		this.violated.incrementAndGet();
		this.violations.accept("Job '" + job + "' " + what);
	}

	private Life life(JobId job) {
		return this.lives.computeIfAbsent(job, (id) -> new Life());
	}

	@Override
	public void started(JobInfo job) {
		if (job.name().equals(JOB)) {
			life(job.id()).started = true;
		}
		this.faults.maybe("started", 20);
	}

	@Override
	public void reported(ProgressEvent event) {
		this.events.increment();
		this.faults.maybe("reported", 50);
	}

	@Override
	public void ended(JobInfo job, ProgressEvent terminal) {
		if (job.name().equals(JOB)) {
			Life life = life(job.id());
			life.ends.incrementAndGet();
			life.ended.complete(true);
		}
		this.faults.maybe("ended", 5);
	}

	@Override
	public void settled(JobInfo job, boolean stored) {
		if (job.name().equals(JOB)) {
			life(job.id()).settled.complete(stored);
		}
		this.faults.maybe("settled", 5);
	}

	private static final class Life {

		private final CompletableFuture<Boolean> settled = new CompletableFuture<>();

		private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

		private final AtomicInteger ends = new AtomicInteger();

		private volatile @Nullable JobHandle handle;

		/** Not, if the subscriber had left before the job was admitted. */
		private volatile boolean started;

		private volatile boolean failing;

	}

}
