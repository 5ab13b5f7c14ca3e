package io.progress.sse.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

import io.progress.sse.CurrentProgress;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.Scope;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Note;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.support.StrayReports;

/**
 * A job of this process.
 *
 * <ol>
 * <li>Counters and the message are written without a lock by the worker, and read by the
 * ticker.</li>
 * <li>Events are published under the job's lock ({@link JobPublisher}).</li>
 * <li>The first end wins. It also ends the {@link DefaultProgressReporter reporters},
 * which check this before they write: later reports are only counted.</li>
 * </ol>
 */
final class TrackedJob implements ProgressJob {

	private final CompletableFuture<JobState> ended = new CompletableFuture<>();

	private final CompletableFuture<Boolean> accepted = new CompletableFuture<>();

	/** Whether the listeners know the job; decided by its start or its end. */
	private final AtomicReference<@Nullable Boolean> introduced = new AtomicReference<>();

	private final DefaultProgressReporter root = new DefaultProgressReporter(this);

	private final JobInfo info;

	private final JobEnvironment environment;

	private final Outbox outbox;

	private final Consumer<TrackedJob> onEnd;

	private final JobLog log;

	private final CancelSignal cancel;

	private final JobMessage message;

	private final JobPayload facts;

	private final JobStatus status;

	private final JobEndings endings;

	private final JobPublisher publisher;

	private final JobObservation observation;

	TrackedJob(JobInfo info, JobEnvironment environment, Outbox outbox, JobObservation observation,
			Consumer<TrackedJob> onEnd) {
		this.info = info;
		this.environment = environment;
		this.outbox = outbox;
		this.observation = observation;
		this.onEnd = onEnd;
		this.log = new JobLog(info.id(), environment.calls());
		this.cancel = new CancelSignal(environment.cancelActions());
		this.message = new JobMessage(environment, this.log);
		this.facts = new JobPayload(environment.dataMapper(), info.name());
		this.status = new JobStatus(info, environment, this.root, this.message, this.facts);
		this.endings = new JobEndings(info, this.message, this.facts, this.cancel, environment.errors());
		this.publisher = new JobPublisher(this.status, environment, outbox, this.log);
	}

	/**
	 * Tells the store that the job exists.
	 */
	void admit() {
		this.publisher.publishFirst();
	}

	/**
	 * Completes with whether the job may use its id, as soon as that is decided.
	 */
	CompletableFuture<Boolean> accepted() {
		return this.accepted;
	}

	void accept() {
		this.accepted.complete(true);
	}

	/**
	 * Tells the listeners of the job, unless it has ended before it was admitted.
	 */
	void introduce(JobSpec spec) {
		if (this.introduced.compareAndSet(null, true)) {
			this.observation.started(this.info);
			this.environment.listeners().tell((listener) -> listener.started(this.info, spec));
			this.outbox.onFinish(
					(stored) -> this.environment.listeners().tell((listener) -> listener.settled(this.info, stored)));
		}
	}

	/**
	 * Removes the job as if it had never been admitted.
	 */
	void discard() {
		if (this.publisher.discard()) {
			this.outbox.abandon();
			this.onEnd.accept(this);
			this.ended.complete(JobState.FAILED);
			this.accepted.complete(false);
		}
	}

	JobInfo info() {
		return this.info;
	}

	Outbox outbox() {
		return this.outbox;
	}

	JobLog log() {
		return this.log;
	}

	@Override
	public JobId id() {
		return this.info.id();
	}

	@Override
	public String name() {
		return this.info.name();
	}

	@Override
	public JobState state() {
		return this.status.state();
	}

	@Override
	public CompletionStage<JobState> ended() {
		return this.ended.minimalCompletionStage();
	}

	@Override
	public ProgressReporter reporter() {
		return this.root;
	}

	@Override
	public Scope activate() {
		Scope reporter = CurrentProgress.bind(this.root);
		if (this.observation == JobObservation.NONE) {
			return reporter;
		}
		Scope observed = this.observation.activate();
		return () -> {
			observed.close();
			reporter.close();
		};
	}

	@Override
	public Context addTo(Context context) {
		return this.observation.addTo(ProgressJob.super.addTo(context));
	}

	boolean live() {
		return this.publisher.live();
	}

	@Override
	public void begin() {
		this.publisher.milestone(null, () -> state() == JobState.QUEUED);
	}

	@Override
	public void retry() {
		this.publisher.milestone(null, () -> {
			this.status.restart();
			return true;
		});
	}

	/**
	 * Enters a phase.
	 * @param shown whether the job shows the name
	 * @param planned enters the phase in the plan and returns whether the plan has it;
	 * planned phases are never delayed
	 */
	void phase(String name, boolean shown, BooleanSupplier planned) {
		Milestones milestones = this.status.milestones();
		boolean entered = this.publisher.milestone(null, () -> {
			boolean declared = planned.getAsBoolean();
			this.publisher.raiseIf(declared);
			if (!shown || name.equals(milestones.phase())) {
				return false;
			}
			boolean due = milestones.enter(name, declared, this.environment.time().now());
			this.publisher.raiseIf(!due);
			return due;
		});
		if (entered) {
			this.observation.entered(name);
		}
	}

	void note(Note note) {
		this.publisher.milestone(note, () -> {
			boolean due = this.status.milestones().note();
			this.publisher.raiseIf(!due);
			return due;
		});
	}

	void message(String text) {
		this.message.set(text);
		this.publisher.raise();
	}

	void message(Supplier<String> text) {
		this.publisher.raiseIf(this.message.offer(text));
	}

	void data(String key, @Nullable Object value) {
		JobPayload.Fact fact = this.facts.prepare(key, value);
		change(() -> this.facts.data(fact));
	}

	void result(String key, @Nullable Object value) {
		JobPayload.Fact fact = this.facts.prepare(key, value);
		change(() -> this.facts.result(fact));
	}

	void batch(DefaultBatchProgress batch) {
		change(() -> this.facts.batch(batch));
	}

	void forgetRate() {
		this.status.sampler().forgetRate(this.environment.time().now());
	}

	/**
	 * Makes a change that the next tick publishes.
	 */
	void change(Runnable change) {
		this.publisher.change(change);
	}

	boolean cancelRequested() {
		return this.cancel.requested();
	}

	Scope onCancel(Runnable action) {
		return this.cancel.onRequest(action);
	}

	@Override
	public boolean cancel() {
		if (!live()) {
			return false;
		}
		this.cancel.request();
		return true;
	}

	/**
	 * Asks the work to stop because the process ends.
	 */
	void stop() {
		if (live()) {
			this.cancel.requestForShutdown();
		}
	}

	/**
	 * Whether the work should stop at this point. Also true if a shutdown has ended the
	 * job while its work still runs.
	 */
	boolean mustStop() {
		return this.cancel.requested() && (live() || this.cancel.isShutdown());
	}

	@Override
	public void done() {
		done(null);
	}

	@Override
	public void done(@Nullable Object result) {
		end(this.endings.success(result));
	}

	@Override
	public void fail(Throwable error) {
		fail(error, false);
	}

	@Override
	public void fail(Throwable error, boolean passedOn) {
		if (live()) {
			end(this.endings.failure(error, passedOn));
		}
	}

	@Override
	public void cancelled() {
		end(this.endings.cancelled());
	}

	@Override
	public void close() {
		end(Ending.ABANDONED);
	}

	/**
	 * Ends the job unless it has ended. Never throws: if memory is exhausted, the ticker
	 * publishes the end. If the end comes from outside the work, the last message
	 * supplier is not called, because it must run on the worker's thread.
	 */
	void end(Ending ending) {
		this.publisher.end(ending);
		try {
			publishEnd();
		}
		catch (Throwable ex) {
			this.log.untold(ex);
		}
	}

	private void publishEnd() {
		ProgressEvent terminal = this.publisher.publishEnd();
		if (terminal == null) {
			return;
		}
		try {
			this.onEnd.accept(this);
		}
		finally {
			this.outbox.drain();
			tellEnd(terminal);
		}
		if (this.status.strays() > 0) {
			StrayReports.INSTANCE.tell(name(), this.status.strays());
		}
	}

	private void tellEnd(ProgressEvent terminal) {
		try {
			if (!this.introduced.compareAndSet(null, false) && Boolean.TRUE.equals(this.introduced.get())) {
				this.observation.ended(terminal, this.publisher.cause());
				this.environment.listeners().tell((listener) -> listener.ended(this.info, terminal));
			}
		}
		finally {
			this.accepted.complete(true);
			this.ended.complete(terminal.state());
		}
	}

	/**
	 * Publishes the changes since the last event. Called by the ticker.
	 */
	void tick(long now) {
		publishEnd();
		this.cancel.tick();
		this.publisher.publishNews(now);
		if (this.message.isUnmade()) {
			this.message.makeElsewhere(now, this::publishMessage);
		}
		this.outbox.tick(now);
	}

	private void publishMessage() {
		this.publisher.raise();
		this.publisher.publishNews(this.environment.time().now());
	}

}
