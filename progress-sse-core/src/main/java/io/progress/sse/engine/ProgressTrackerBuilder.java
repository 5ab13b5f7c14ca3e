package io.progress.sse.engine;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

import io.progress.sse.CurrentUser;
import io.progress.sse.JobIdGenerator;
import io.progress.sse.JobListener;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressDataMapper;
import io.progress.sse.ProgressErrorMapper;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTask;
import io.progress.sse.ProgressTracker;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.support.SettingRule;

/**
 * Builds a {@link ProgressTracker}. Not for use by several threads.
 */
public final class ProgressTrackerBuilder {

	/** Shortest publish interval that is accepted. */
	public static final Duration MIN_PUBLISH_INTERVAL = Duration.ofMillis(50);

	static final int CANCEL_THREADS = 16;

	static final int CANCEL_QUEUE_CAPACITY = 10_000;

	final ProgressEventStore store;

	final List<ProgressErrorMapper> errorMappers = new ArrayList<>();

	final List<JobListener> listeners = new ArrayList<>();

	Clock clock = Clock.systemUTC();

	Duration publishInterval = Duration.ofMillis(250);

	Duration unwatchedInterval = Duration.ofSeconds(1);

	Duration admissionTimeout = Duration.ofSeconds(2);

	Duration flushTimeout = Duration.ofSeconds(5);

	int outboxCapacity = 64;

	int outboxTotal = 65_536;

	@Nullable Executor executor;

	@Nullable Executor cancelExecutor;

	@Nullable Scheduler scheduler;

	@Nullable JobIdGenerator idGenerator;

	@Nullable ProgressDataMapper dataMapper;

	CurrentUser currentUser = () -> null;

	private ProgressTrackerBuilder(ProgressEventStore store) {
		this.store = store;
	}

	/**
	 * Creates a builder.
	 * @param store the store for the events of its jobs
	 * @return a builder with defaults
	 */
	public static ProgressTrackerBuilder forStore(ProgressEventStore store) {
		return new ProgressTrackerBuilder(store);
	}

	/**
	 * Sets the clock that gives events their time.
	 * @param clock the clock; the system's by default
	 * @return this
	 */
	public ProgressTrackerBuilder clock(Clock clock) {
		this.clock = clock;
		return this;
	}

	/**
	 * Sets how often moving counters of a watched job are published.
	 * @param interval at least {@link #MIN_PUBLISH_INTERVAL}; 250 ms by default
	 * @return this
	 * @throws IllegalArgumentException if shorter
	 */
	public ProgressTrackerBuilder publishInterval(Duration interval) {
		this.publishInterval = SettingRule.isAtLeast("publishInterval", interval, MIN_PUBLISH_INTERVAL);
		return this;
	}

	/**
	 * Sets how often moving counters are published for a job that has no viewers, as far
	 * as the store can tell.
	 * @param interval at least {@link #MIN_PUBLISH_INTERVAL}; 1 s by default
	 * @return this
	 * @throws IllegalArgumentException if shorter
	 */
	public ProgressTrackerBuilder unwatchedInterval(Duration interval) {
		this.unwatchedInterval = SettingRule.isAtLeast("unwatchedInterval", interval, MIN_PUBLISH_INTERVAL);
		return this;
	}

	/**
	 * Sets how long a thread that may block waits for the store to confirm an id that the
	 * caller chose. After that the job begins unconfirmed.
	 * @param timeout not negative; 2 s by default
	 * @return this
	 */
	public ProgressTrackerBuilder admissionTimeout(Duration timeout) {
		this.admissionTimeout = SettingRule.isAtLeast("admissionTimeout", timeout, Duration.ZERO);
		return this;
	}

	/**
	 * Sets how long {@link ProgressTracker#close()} waits for the store.
	 * @param timeout not negative; 5 s by default
	 * @return this
	 */
	public ProgressTrackerBuilder flushTimeout(Duration timeout) {
		this.flushTimeout = SettingRule.isAtLeast("flushTimeout", timeout, Duration.ZERO);
		return this;
	}

	/**
	 * Sets how many events of a job wait for a store that does not answer. Of consecutive
	 * intermediate events only the newest is kept. When the queue is full, intermediate
	 * events are dropped first, then the oldest phases and notes, and the next event says
	 * how many. The final event is never dropped.
	 * @param events at least 8; 64 by default
	 * @return this
	 * @throws IllegalArgumentException if fewer
	 */
	public ProgressTrackerBuilder outboxCapacity(int events) {
		this.outboxCapacity = SettingRule.isAtLeast("outboxCapacity", events, 8);
		return this;
	}

	/**
	 * Sets how many events of all jobs together wait for a store that does not answer.
	 * Above this limit each job keeps its newest event only.
	 * @param events at least 1; 65,536 by default
	 * @return this
	 * @throws IllegalArgumentException if fewer
	 */
	public ProgressTrackerBuilder outboxTotal(int events) {
		this.outboxTotal = SettingRule.isAtLeast("outboxTotal", events, 1);
		return this;
	}

	/**
	 * Sets the executor of {@link ProgressTracker#start(JobSpec, ProgressTask)} and
	 * {@link ProgressTracker#submit}.
	 * @param executor the executor; the caller must close it. By default a
	 * {@link JobExecutor} that the tracker owns, with 64 daemon threads and a queue for
	 * 10,000 tasks
	 * @return this
	 */
	public ProgressTrackerBuilder executor(Executor executor) {
		this.executor = executor;
		return this;
	}

	/**
	 * Sets the executor of the actions of {@link ProgressReporter#onCancel}: it gets one
	 * task for each job that is asked to stop.
	 * @param executor the executor; the caller must close it. A task that it refuses runs
	 * on the thread that asks; if that thread must not block, the task is offered again
	 * with each tick. By default up to 16 daemon threads that the tracker owns, with a
	 * queue for the actions of 10,000 jobs
	 * @return this
	 */
	public ProgressTrackerBuilder cancelExecutor(Executor executor) {
		this.cancelExecutor = executor;
		return this;
	}

	/**
	 * Sets the scheduler of the ticker and of retries; it also measures the time between
	 * ticks.
	 * @param scheduler the scheduler; the caller must dispose of it. By default one
	 * daemon thread that the tracker owns
	 * @return this
	 */
	public ProgressTrackerBuilder scheduler(Scheduler scheduler) {
		this.scheduler = scheduler;
		return this;
	}

	/**
	 * Sets the generator of ids for jobs that were started without one.
	 * @param generator the generator; random UUIDs of version 7 by default
	 * @return this
	 */
	public ProgressTrackerBuilder idGenerator(JobIdGenerator generator) {
		this.idGenerator = generator;
		return this;
	}

	/**
	 * Sets the user that owns jobs whose specification, parent and request name no owner.
	 * @param user names the user; by default such jobs have no owner
	 * @return this
	 */
	public ProgressTrackerBuilder currentUser(CurrentUser user) {
		this.currentUser = user;
		return this;
	}

	/**
	 * Sets the mapper that turns the application's objects into plain JSON values.
	 * @param mapper the mapper; by default one that takes plain JSON values only
	 * @return this
	 */
	public ProgressTrackerBuilder dataMapper(ProgressDataMapper mapper) {
		this.dataMapper = mapper;
		return this;
	}

	/**
	 * Adds a mapper of exceptions, asked after those added before.
	 * @param mapper the mapper
	 * @return this
	 */
	public ProgressTrackerBuilder errorMapper(ProgressErrorMapper mapper) {
		this.errorMappers.add(mapper);
		return this;
	}

	/**
	 * Adds a listener.
	 * @param listener the listener
	 * @return this
	 */
	public ProgressTrackerBuilder listener(JobListener listener) {
		this.listeners.add(listener);
		return this;
	}

	/**
	 * Builds the tracker.
	 * @return a new tracker; close it
	 */
	public ProgressTracker build() {
		return new DefaultProgressTracker(this);
	}

}
