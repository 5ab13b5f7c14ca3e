package io.progress.sse.engine;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.progress.sse.CurrentProgress;
import io.progress.sse.JobCancelledException;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.Scope;
import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobError;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Note;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.support.ForeignCode;
import io.progress.sse.support.StrayReports;
import io.progress.sse.support.Texts;

/**
 * A job of this process.
 *
 * <ol>
 * <li>Counters and the status line are written without a lock by the worker, and read by
 * the ticker.</li>
 * <li>Events are built and passed to the outbox under the job's lock, so that they keep
 * the order in which things happened. It is a {@code ReentrantLock}: a monitor would pin
 * virtual threads. Under it only the outbox's queue is called; the store is called after
 * it is released.</li>
 * <li>The first end wins. It also ends the {@link DefaultProgressReporter reporters},
 * which check this before they write: later reports are only counted.</li>
 * </ol>
 */
final class TrackedJob implements ProgressJob {

	private static final Logger logger = LoggerFactory.getLogger(TrackedJob.class);

	private static final int TEXTS_PER_TICK = 8;

	/**
	 * Loads the class with the first job: a class whose initialisation fails for lack of
	 * memory can never be used again.
	 */
	private static final Ending WORDLESS_SUCCESS = Ending.DONE;

	private static final Ending WORDLESS_FAILURE = Ending.FAILED;

	private final ReentrantLock lock = new ReentrantLock();

	private final CompletableFuture<JobState> ended = new CompletableFuture<>();

	private final CompletableFuture<Boolean> accepted = new CompletableFuture<>();

	private final CancelSignal cancel;

	private final DefaultProgressReporter root = new DefaultProgressReporter(this);

	private final AtomicBoolean making = new AtomicBoolean();

	private final Milestones milestones = new Milestones();

	private final LatestMessage status;

	private final JobInfo info;

	private final JobEnvironment environment;

	private final Outbox outbox;

	private final JobPayload facts;

	private final ProgressSampler sampler;

	private final Consumer<TrackedJob> onEnd;

	/** The ending of the job; the first one that is set wins. */
	private final AtomicReference<Ending> ending = new AtomicReference<>();

	/** Whether the terminal event was passed to the outbox. */
	private volatile boolean endPublished;

	private volatile JobState state = JobState.QUEUED;

	/**
	 * Whether there is something to publish besides the counters. Set by any thread;
	 * cleared under the lock, before the values are read.
	 */
	private volatile boolean dirty;

	/** Whether the newest message may have a supplier that was not called yet. */
	private volatile boolean unmade;

	/** Whether the job was asked to stop because the process ends. */
	private volatile boolean stopping;

	private volatile boolean saidLate;

	private volatile boolean saidRefused;

	private volatile boolean troubled;

	private int attempt = 1;

	/** The count of stray reports when the work began. */
	private StrayReports.@Nullable Mark mark;

	TrackedJob(JobInfo info, JobEnvironment environment, Outbox outbox, Consumer<TrackedJob> onEnd) {
		this.info = info;
		this.environment = environment;
		this.outbox = outbox;
		this.cancel = new CancelSignal(environment.cancelActions());
		this.facts = new JobPayload(environment.dataMapper(), info.name());
		this.status = new LatestMessage(now(), environment.tickNanos() / TEXTS_PER_TICK);
		this.sampler = new ProgressSampler(this.root, now(), environment.tickNanos());
		this.onEnd = onEnd;
		outbox.onDoubt(this::publishAgain);
	}

	/**
	 * Tells the store that the job exists.
	 */
	void admit() {
		this.lock.lock();
		try {
			publish(EventKind.MILESTONE, null, null, null);
		}
		finally {
			this.lock.unlock();
		}
		this.outbox.drain();
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
	 * Removes the job as if it had never been admitted.
	 */
	void discard() {
		this.lock.lock();
		try {
			if (!this.ending.compareAndSet(null, Ending.FAILED)) {
				return;
			}
			this.endPublished = true;
			finish(JobState.FAILED);
		}
		finally {
			this.lock.unlock();
		}
		this.outbox.abandon();
		this.onEnd.accept(this);
		this.ended.complete(JobState.FAILED);
		this.accepted.complete(false);
	}

	JobInfo info() {
		return this.info;
	}

	Outbox outbox() {
		return this.outbox;
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
		return this.state;
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
		return CurrentProgress.bind(this.root);
	}

	boolean live() {
		return this.ending.get() == null;
	}

	@Override
	public void begin() {
		milestone(null, () -> this.state == JobState.QUEUED);
	}

	@Override
	public void retry() {
		milestone(null, () -> {
			this.attempt++;
			this.root.reset();
			this.sampler.restart(now());
			this.facts.batch(null);
			this.status.clear();
			this.milestones.leave();
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
		milestone(null, () -> {
			boolean declared = planned.getAsBoolean();
			dirtyIf(declared);
			if (!shown || name.equals(this.milestones.phase())) {
				return false;
			}
			boolean due = this.milestones.enter(name, declared, now());
			dirtyIf(!due);
			return due;
		});
	}

	void note(Note note) {
		milestone(note, () -> {
			boolean due = this.milestones.note();
			dirtyIf(!due);
			return due;
		});
	}

	void message(String text) {
		this.status.set(text);
		this.dirty = true;
	}

	void message(Supplier<String> text) {
		try {
			if (this.status.offer(text, now())) {
				this.dirty = true;
			}
			else {
				this.unmade = true;
			}
		}
		catch (Throwable ex) {
			unspoken(ex);
		}
	}

	private void settleMessage() {
		this.unmade = false;
		try {
			this.status.settle(now());
		}
		catch (Throwable ex) {
			unspoken(ex);
		}
	}

	/**
	 * Has the newest supplier called on another thread if the worker does not do it,
	 * because a long step may have begun.
	 */
	private void speakFor(long now) {
		if (this.status.waits(now) && this.making.compareAndSet(false, true)) {
			boolean taken = false;
			try {
				taken = this.environment.messages().offer(this::speak);
			}
			finally {
				if (!taken) {
					this.making.set(false);
				}
			}
		}
	}

	private void speak() {
		settleMessage();
		this.making.set(false);
		this.dirty = true;
		publishNews(now());
	}

	private void unspoken(Throwable why) {
		ForeignCode.report(why, (ex) -> logger.debug("The supplier of a message of job '{}' failed", id(), ex));
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
		this.sampler.forgetRate(now());
	}

	/**
	 * Makes a change that the next tick publishes.
	 */
	void change(Runnable change) {
		this.lock.lock();
		try {
			if (live()) {
				change.run();
				this.dirty = true;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Never clears the flag, because another thread may be setting it.
	 */
	private void dirtyIf(boolean changed) {
		if (changed) {
			this.dirty = true;
		}
	}

	/**
	 * Counts a call on a job or part that has ended, and logs the first one.
	 */
	void late(String call) {
		this.environment.calls().late().increment();
		if (!this.saidLate) {
			this.saidLate = true;
			logger.debug("A call of '{}' on job '{}' was ignored: the job or the part has ended", call, id());
		}
	}

	/**
	 * Counts a call with an invalid value, and logs the first one.
	 */
	void refused(String call, Object value, String rule) {
		this.environment.calls().refused().increment();
		if (!this.saidRefused) {
			this.saidRefused = true;
			logger.debug("A call of '{}' on job '{}' was ignored: {}, but is {}", call, id(), rule,
					Texts.logged(value.toString()));
		}
	}

	/**
	 * Logs once that the job could not be published. Never throws.
	 */
	void untold(Throwable why) {
		if (!this.troubled) {
			this.troubled = true;
			try {
				ForeignCode.report(why, TrackedJob::complain);
			}
			catch (Throwable worse) {
				// There is not even memory for the log message.
			}
		}
	}

	private static void complain(Throwable why) {
		logger.error("A job could not be published; the next tick tries again, and other jobs go on", why);
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
		if (live() && !this.cancel.requested()) {
			this.stopping = true;
			this.cancel.request();
		}
	}

	/**
	 * Whether the work should stop at this point. Also true if a shutdown has ended the
	 * job while its work still runs.
	 */
	boolean mustStop() {
		return this.cancel.requested() && (live() || this.stopping);
	}

	@Override
	public void done() {
		done(null);
	}

	@Override
	public void done(@Nullable Object result) {
		end(success(result));
	}

	@Override
	public void fail(Throwable error) {
		fail(error, false);
	}

	@Override
	public void fail(Throwable error, boolean passedOn) {
		if (!live()) {
			return;
		}
		end(failure(error, passedOn));
	}

	private Ending success(@Nullable Object result) {
		try {
			settleMessage();
			return new Ending(JobState.DONE, this.facts.prepare("result", result), null);
		}
		catch (Throwable noMemory) {
			return WORDLESS_SUCCESS;
		}
	}

	private Ending failure(Throwable error, boolean passedOn) {
		try {
			settleMessage();
			Throwable why = ErrorMapping.unwrap(error);
			boolean asked = why instanceof JobCancelledException || (this.cancel.requested()
					&& (why instanceof CancellationException || why instanceof InterruptedException));
			if (asked && !this.stopping) {
				return Ending.CANCELLED;
			}
			return asked ? Ending.SHUT_DOWN
					: new Ending(JobState.FAILED, null, this.environment.errors().map(this.info, why, passedOn));
		}
		catch (Throwable noMemory) {
			return WORDLESS_FAILURE;
		}
	}

	@Override
	public void cancelled() {
		try {
			settleMessage();
		}
		catch (Throwable noMemory) {
			// The end can be published without the message.
		}
		end(Ending.CANCELLED);
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
		this.ending.compareAndSet(null, ending);
		try {
			publishEnd();
		}
		catch (Throwable ex) {
			untold(ex);
		}
	}

	private void publishEnd() {
		Ending ending = this.ending.get();
		if (ending == null || this.endPublished) {
			return;
		}
		ProgressEvent terminal;
		long strays;
		this.lock.lock();
		try {
			if (this.endPublished) {
				return;
			}
			strays = finish(ending.state());
			terminal = publish(EventKind.TERMINAL, null, ending.outcome(this.facts), ending.error());
			this.endPublished = true;
		}
		finally {
			this.lock.unlock();
		}
		try {
			this.onEnd.accept(this);
		}
		finally {
			this.outbox.drain();
			tellEnd(terminal);
		}
		if (strays > 0) {
			StrayReports.INSTANCE.tell(name(), strays);
		}
	}

	private void tellEnd(ProgressEvent terminal) {
		try {
			this.environment.listeners().tell((listener) -> listener.ended(this.info, terminal));
		}
		finally {
			this.accepted.complete(true);
			this.ended.complete(terminal.state());
		}
	}

	/**
	 * Ends the count of stray reports for this job.
	 * @return how many reports it may have lost; 0 if it is not done
	 */
	private long finish(JobState state) {
		StrayReports.Mark mark = this.mark;
		this.mark = null;
		long strays = (mark != null) ? StrayReports.INSTANCE.end(mark, this.root.missing(), mute()) : 0;
		this.state = state;
		this.root.end();
		return (state == JobState.DONE) ? strays : 0;
	}

	private boolean mute() {
		return this.root.mute() && this.milestones.phase() == null && this.status.text() == null;
	}

	/**
	 * Publishes the changes since the last event. Called by the ticker.
	 */
	void tick(long now) {
		publishEnd();
		this.cancel.tick();
		publishNews(now);
		if (this.unmade) {
			speakFor(now);
		}
		this.outbox.tick(now);
	}

	private void publishNews(long now) {
		if (this.dirty || this.sampler.mayHaveNews(now)) {
			boolean published;
			this.lock.lock();
			try {
				published = live() && publishChange(now);
			}
			finally {
				this.lock.unlock();
			}
			if (published) {
				this.outbox.drain();
			}
		}
	}

	private boolean publishChange(long now) {
		boolean changed = this.dirty || this.sampler.moved();
		if (this.state == JobState.QUEUED) {
			if (changed) {
				run();
				publish(EventKind.MILESTONE, null, null, null);
			}
			return changed;
		}
		this.sampler.sample(now, this.dirty, this.facts.worked());
		boolean due = this.outbox.watched() || this.sampler.due(now, this.environment.unwatchedNanos());
		if (!due || !(changed || this.sampler.stalledOtherwise())) {
			return false;
		}
		publish(EventKind.TICK, null, null, null);
		return true;
	}

	/**
	 * Publishes the current state although nothing has changed.
	 */
	private void publishAgain() {
		this.lock.lock();
		try {
			if (!live()) {
				return;
			}
			if (this.state == JobState.RUNNING) {
				this.sampler.sample(now(), this.dirty, this.facts.worked());
			}
			publish(EventKind.TICK, null, null, null);
		}
		finally {
			this.lock.unlock();
		}
		this.outbox.drain();
	}

	private long now() {
		return this.environment.time().now();
	}

	private void run() {
		this.mark = StrayReports.INSTANCE.begin();
		this.state = JobState.RUNNING;
		this.sampler.begin(now());
	}

	/**
	 * Publishes a change at once. Never throws into the work: if the clock fails or
	 * memory is exhausted, the ticker publishes the change later; only a note is lost.
	 */
	private void milestone(@Nullable Note note, BooleanSupplier change) {
		this.lock.lock();
		try {
			if (!live() || !change.getAsBoolean()) {
				return;
			}
			if (this.state == JobState.QUEUED) {
				run();
			}
			else {
				this.sampler.sample(now(), true, this.facts.worked());
			}
			publish(EventKind.MILESTONE, note, null, null);
		}
		catch (Throwable ex) {
			this.dirty = true;
			untold(ex);
		}
		finally {
			this.lock.unlock();
		}
		this.outbox.drain();
	}

	/**
	 * Passes an event to the outbox. If that fails, the next tick publishes the change.
	 */
	private ProgressEvent publish(EventKind kind, @Nullable Note note, @Nullable Object result,
			@Nullable JobError error) {
		this.dirty = false;
		try {
			ProgressEvent event = event(kind, note, result, error);
			this.outbox.offer(event);
			return event;
		}
		catch (Throwable ex) {
			this.dirty = true;
			throw ex;
		}
	}

	private ProgressEvent event(EventKind kind, @Nullable Note note, @Nullable Object result,
			@Nullable JobError error) {
		long now = now();
		boolean running = this.state == JobState.RUNNING;
		return ProgressEvent.builder(this.info, this.state, this.environment.time().instant())
			.kind(kind)
			.attempt(this.attempt)
			.progress(this.sampler.publish(now, running))
			.phase(this.milestones.phase())
			.message(this.status.text())
			.note(note)
			.data(this.facts.snapshot())
			.result(result)
			.error(error)
			.stalled(running && this.sampler.stalled())
			.coalesced(this.milestones.publish())
			.duration((kind == EventKind.TERMINAL) ? this.sampler.age(now) : null)
			.build();
	}

}
