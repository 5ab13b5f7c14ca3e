package io.progress.sse.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.engine.ProgressTrackerBuilder;
import io.progress.sse.event.JobId;
import io.progress.sse.event.Note;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.tail.JobTail;
import io.progress.sse.tail.TailSignal;
import io.progress.sse.test.TailChecker;

/**
 * Jobs that report without a pause on one node, each watched from another, while
 * something goes wrong. What must hold is always the same: every watcher sees every note
 * once and in order, without a reset, and the end exactly once.
 */
final class FaultRun implements AutoCloseable {

	static final Duration PATIENCE = Duration.ofSeconds(40);

	private static final Duration POSITION_CHECK = Duration.ofSeconds(15);

	private static final Duration PACE = Duration.ofMillis(100);

	/** As many as a job may have. */
	private static final int MAX_NOTES = 200;

	private final Scheduler scheduler = Schedulers.newParallel("watchers", 2);

	private final AtomicInteger reported = new AtomicInteger();

	private final ProgressTracker tracker;

	private final List<ProgressJob> jobs;

	private final List<TailChecker> checkers;

	private final List<Disposable> watching;

	private final Disposable writing;

	FaultRun(int jobs, ProgressEventStore writers, ProgressEventStore watchers) {
		this(jobs, writers, watchers, Tail.GOOD);
	}

	FaultRun(int jobs, ProgressEventStore writers, ProgressEventStore watchers, Tail tail) {
		this.tracker = ProgressTrackerBuilder.forStore(writers).outboxCapacity(256).build();
		this.jobs = Stream.generate(() -> this.tracker.open(JobSpec.named("fault"))).limit(jobs).toList();
		this.checkers = this.jobs.stream().map((job) -> new TailChecker()).toList();
		this.watching = IntStream.range(0, jobs).mapToObj((i) -> watch(i, watchers, tail)).toList();
		this.writing = Flux.interval(PACE, this.scheduler)
			.onBackpressureDrop()
			.take(MAX_NOTES)
			.subscribe((beat) -> report());
		awaitEvents(3);
	}

	private Disposable watch(int index, ProgressEventStore store, Tail tail) {
		TailChecker checker = this.checkers.get(index);
		return tail.follow(store, this.scheduler, this.jobs.get(index).id())
			.subscribe(checker::accept, checker::fail, checker::complete);
	}

	private void report() {
		String text = Integer.toString(this.reported.incrementAndGet());
		this.jobs.forEach((job) -> job.reporter().note(Note.Level.INFO, text));
	}

	/** Does something at a pace. */
	void each(Duration pace, int times, Runnable fault) {
		Flux.interval(Duration.ZERO, pace, Schedulers.boundedElastic())
			.take(times)
			.doOnNext((time) -> fault.run())
			.blockLast(PATIENCE);
	}

	/** Does something, and undoes it after a while. */
	void during(Duration duration, Runnable fault, Runnable end) {
		fault.run();
		Flux.interval(duration).blockFirst(PATIENCE);
		end.run();
	}

	/** Waits until every watcher has seen some more events than it has now. */
	void awaitEvents(int more) {
		List<Integer> before = this.checkers.stream().map((checker) -> checker.events().size()).toList();
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> IntStream.range(0, before.size())
				.allMatch((i) -> this.checkers.get(i).events().size() >= before.get(i) + more));
	}

	/** Ends all jobs and tells what went wrong. */
	List<String> violations() {
		return violations(PATIENCE);
	}

	List<String> violations(Duration patience) {
		awaitNoReport();
		this.jobs.forEach(ProgressJob::done);
		List<String> violations = new ArrayList<>();
		try {
			Awaitility.await().atMost(patience).until(() -> this.checkers.stream().allMatch(TailChecker::isComplete));
		}
		catch (ConditionTimeoutException ex) {
			violations.add("Every watcher must see the end, but not all did");
		}
		for (int i = 0; i < this.jobs.size(); i++) {
			check(this.jobs.get(i).id(), this.checkers.get(i), violations);
		}
		return violations;
	}

	private void awaitNoReport() {
		this.writing.dispose();
		Flux.interval(PACE).blockFirst(PATIENCE);
	}

	private void check(JobId job, TailChecker checker, List<String> violations) {
		violations.addAll(checker.violations());
		List<String> seen = checker.events()
			.stream()
			.map((event) -> event.event().note())
			.filter(Objects::nonNull)
			.map(Note::text)
			.toList();
		List<String> all = IntStream.rangeClosed(1, this.reported.get()).mapToObj(Integer::toString).toList();
		if (!seen.equals(all)) {
			Set<String> missing = new HashSet<>(all);
			seen.forEach(missing::remove);
			violations.add("Job '" + job + "' reported " + all.size() + " notes, but " + seen.size()
					+ " were seen; missing: " + missing + ", resets: " + checker.resets());
		}
		long ends = checker.events().stream().filter((event) -> event.event().isTerminal()).count();
		if (ends != 1) {
			violations.add("Job '" + job + "' must end once, but ended " + ends + " times");
		}
	}

	/** Waits until every job has ended in the store. */
	void awaitEnds(ProgressEventStore store) {
		Awaitility.await()
			.atMost(PATIENCE)
			.ignoreExceptions()
			.until(() -> this.jobs.stream()
				.allMatch((job) -> store.read(job.id(), null, 0).blockOptional(PATIENCE).orElseThrow().ended()));
	}

	int resets() {
		return this.checkers.stream().mapToInt(TailChecker::resets).sum();
	}

	List<JobId> jobIds() {
		return this.jobs.stream().map(ProgressJob::id).toList();
	}

	@Override
	public void close() {
		this.watching.forEach(Disposable::dispose);
		this.writing.dispose();
		this.tracker.close();
		this.scheduler.dispose();
	}

	/** How a job is watched. */
	interface Tail {

		Tail GOOD = (store, scheduler, job) -> new JobTail(store, scheduler, POSITION_CHECK).follow(job, null);

		Flux<TailSignal> follow(ProgressEventStore store, Scheduler scheduler, JobId job);

	}

}
