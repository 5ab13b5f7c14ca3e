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
import io.progress.sse.support.JobSettings;

/**
 * Builds a {@link ProgressTracker}. Not for use by several threads.
 */
public final class ProgressTrackerBuilder {

	/** Shortest publish interval that is accepted. */
	public static final Duration MIN_PUBLISH_INTERVAL = JobSettings.PUBLISH_INTERVAL.least();

	final ProgressEventStore store;

	final List<ProgressErrorMapper> errorMappers = new ArrayList<>();

	final List<JobListener> listeners = new ArrayList<>();

	Clock clock = Clock.systemUTC();

	Duration publishInterval = Duration.ofMillis(JobSettings.PUBLISH_INTERVAL_MILLIS);

	Duration unwatchedInterval = Duration.ofSeconds(JobSettings.UNWATCHED_INTERVAL_SECONDS);

	Duration admissionTimeout = Duration.ofSeconds(JobSettings.ADMISSION_TIMEOUT_SECONDS);

	Duration flushTimeout = Duration.ofSeconds(JobSettings.FLUSH_TIMEOUT_SECONDS);

	int outboxCapacity = JobSettings.OUTBOX_CAPACITY_EVENTS;

	int outboxTotal = JobSettings.OUTBOX_TOTAL_EVENTS;

	@Nullable Executor executor;

	@Nullable Executor cancelExecutor;

	@Nullable Scheduler scheduler;

	@Nullable JobIdGenerator idGenerator;

	@Nullable ProgressDataMapper dataMapper;

	@Nullable String node;

	CurrentUser currentUser = () -> null;

	JobObserver observer = JobObserver.NONE;

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
	 * @param interval from {@link #MIN_PUBLISH_INTERVAL} to a year;
	 * {@value io.progress.sse.support.JobSettings#PUBLISH_INTERVAL_MILLIS} ms by default
	 * @return this
	 * @throws IllegalArgumentException if out of range
	 */
	public ProgressTrackerBuilder publishInterval(Duration interval) {
		this.publishInterval = JobSettings.PUBLISH_INTERVAL.check("publishInterval", interval);
		return this;
	}

	/**
	 * Sets how often moving counters are published for a job that has no viewers, as far
	 * as the store can tell.
	 * @param interval from {@link #MIN_PUBLISH_INTERVAL} to a year;
	 * {@value io.progress.sse.support.JobSettings#UNWATCHED_INTERVAL_SECONDS} s by
	 * default
	 * @return this
	 * @throws IllegalArgumentException if out of range
	 */
	public ProgressTrackerBuilder unwatchedInterval(Duration interval) {
		this.unwatchedInterval = JobSettings.PUBLISH_INTERVAL.check("unwatchedInterval", interval);
		return this;
	}

	/**
	 * Sets how long a thread that may block waits for the store to confirm an id that the
	 * caller chose. After that the job begins unconfirmed.
	 * @param timeout from 0 to a year;
	 * {@value io.progress.sse.support.JobSettings#ADMISSION_TIMEOUT_SECONDS} s by default
	 * @return this
	 * @throws IllegalArgumentException if out of range
	 */
	public ProgressTrackerBuilder admissionTimeout(Duration timeout) {
		this.admissionTimeout = JobSettings.TIMEOUT.check("admissionTimeout", timeout);
		return this;
	}

	/**
	 * Sets how long {@link ProgressTracker#close()} waits for the store.
	 * @param timeout from 0 to a year;
	 * {@value io.progress.sse.support.JobSettings#FLUSH_TIMEOUT_SECONDS} s by default
	 * @return this
	 * @throws IllegalArgumentException if out of range
	 */
	public ProgressTrackerBuilder flushTimeout(Duration timeout) {
		this.flushTimeout = JobSettings.TIMEOUT.check("flushTimeout", timeout);
		return this;
	}

	/**
	 * Sets how many events of a job wait for a store that does not answer. Of consecutive
	 * intermediate events only the newest is kept. When the queue is full, intermediate
	 * events are dropped first, then the oldest phases and notes, and the next event says
	 * how many. The final event is never dropped.
	 * @param events from 8 to a million;
	 * {@value io.progress.sse.support.JobSettings#OUTBOX_CAPACITY_EVENTS} by default
	 * @return this
	 * @throws IllegalArgumentException if out of range
	 */
	public ProgressTrackerBuilder outboxCapacity(int events) {
		this.outboxCapacity = JobSettings.OUTBOX_CAPACITY.check("outboxCapacity", events);
		return this;
	}

	/**
	 * Sets how many events of all jobs together wait for a store that does not answer.
	 * Above this limit each job keeps its newest event only.
	 * @param events from 1 to a billion;
	 * {@value io.progress.sse.support.JobSettings#OUTBOX_TOTAL_EVENTS} by default
	 * @return this
	 * @throws IllegalArgumentException if out of range
	 */
	public ProgressTrackerBuilder outboxTotal(int events) {
		this.outboxTotal = JobSettings.ANY_NUMBER.check("outboxTotal", events);
		return this;
	}

	/**
	 * Sets the executor of {@link ProgressTracker#start(JobSpec, ProgressTask)} and
	 * {@link ProgressTracker#submit}.
	 * @param executor the executor; the caller must close it. By default a
	 * {@link JobExecutor} that the tracker owns, with
	 * {@value io.progress.sse.support.JobSettings#JOB_THREADS} daemon threads and a queue
	 * for {@value io.progress.sse.support.JobSettings#QUEUED_JOBS} tasks
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
	 * with each tick. By default up to
	 * {@value io.progress.sse.support.JobSettings#CANCEL_THREADS} daemon threads that the
	 * tracker owns, with a queue for the actions of
	 * {@value io.progress.sse.support.JobSettings#QUEUED_JOBS} jobs
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
	 * Sets the name of this process, which operators see beside its jobs.
	 * @param name 1 to {@value io.progress.sse.support.JobSettings#NODE_LENGTH} printable
	 * characters; by default it has none
	 * @return this
	 * @throws IllegalArgumentException if it is longer, empty, or not printable
	 */
	public ProgressTrackerBuilder node(String name) {
		this.node = JobSettings.checkNode("node", name);
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
	 * Sets what observes the jobs.
	 * @param observer the observer; none by default
	 * @return this
	 */
	public ProgressTrackerBuilder observer(JobObserver observer) {
		this.observer = observer;
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
