package io.progress.sse;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobError;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Note;
import io.progress.sse.event.Progress;
import io.progress.sse.event.ProgressEvent;

/**
 * A job of this process.
 *
 * <ol>
 * <li>Counters and the status line are written without a lock by the worker, and read by
 * the ticker.</li>
 * <li>Whatever goes out is put together and handed to the outbox under the job's lock, so
 * that events leave in the order in which things happened. It is a {@code ReentrantLock}:
 * a monitor would pin virtual threads. Nothing is called under it but the outbox's queue;
 * the store is called after it is released.</li>
 * <li>The first end wins. It clears {@link #live}, and the reporter looks at that before
 * it writes: what is reported later meets a dead object and is counted, nothing
 * more.</li>
 * </ol>
 */
final class TrackedJob implements ProgressJob {

	private static final Logger logger = LoggerFactory.getLogger(TrackedJob.class);

	private static final int MAX_NOTES = 200;

	private final ReentrantLock lock = new ReentrantLock();

	private final CompletableFuture<JobState> ended = new CompletableFuture<>();

	private final CancelSwitch cancel = new CancelSwitch();

	private final ProgressNode root = new ProgressNode(this);

	private final RateMeter rate = new RateMeter();

	private final MilestoneBudget milestones = new MilestoneBudget();

	private final JobInfo info;

	private final Engine engine;

	private final Outbox outbox;

	private final JobFacts facts;

	private final Consumer<TrackedJob> onEnd;

	private volatile boolean live = true;

	private volatile JobState state = JobState.QUEUED;

	private volatile @Nullable String message;

	private volatile @Nullable Supplier<String> pendingText;

	private volatile boolean textWanted = true;

	private volatile boolean dirty;

	private volatile boolean grumbled;

	private int attempt = 1;

	private @Nullable String phase;

	private @Nullable String unit;

	private double highWater;

	private int notes;

	private int coalesced;

	private long startedNanos;

	private long tickedNanos;

	private long publishedNanos;

	private double publishedUnits;

	private double publishedFraction = Double.NaN;

	private boolean publishedStalled;

	TrackedJob(JobInfo info, Engine engine, Outbox outbox, Consumer<TrackedJob> onEnd) {
		this.info = info;
		this.engine = engine;
		this.outbox = outbox;
		this.facts = new JobFacts(engine.dataMapper(), info.id());
		this.onEnd = onEnd;
		this.startedNanos = engine.nanos().getAsLong();
		this.tickedNanos = this.startedNanos;
		this.publishedNanos = this.startedNanos;
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
	 * Takes the job back as if it had never been.
	 */
	void discard() {
		this.lock.lock();
		try {
			this.live = false;
		}
		finally {
			this.lock.unlock();
		}
		this.onEnd.accept(this);
		this.outbox.abandon();
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
		return this.live;
	}

	@Override
	public void begin() {
		milestone(() -> {
			if (this.state != JobState.QUEUED) {
				return false;
			}
			running();
			return true;
		});
	}

	private void running() {
		this.state = JobState.RUNNING;
		this.startedNanos = this.engine.nanos().getAsLong();
		this.tickedNanos = this.startedNanos;
	}

	@Override
	public void retry() {
		milestone(() -> {
			this.attempt++;
			this.root.reset();
			this.phase = null;
			this.message = null;
			this.pendingText = null;
			this.highWater = 0;
			this.rate.restart(0, 0);
			return true;
		});
	}

	/**
	 * Enters a phase.
	 * @param shown whether the name goes on the job
	 * @param planned tells the plan, which knows whether it is one of its phases: those
	 * are never held back
	 */
	void phase(String name, boolean shown, BooleanSupplier planned) {
		milestone(() -> {
			boolean known = planned.getAsBoolean();
			if (!shown || name.equals(this.phase)) {
				return false;
			}
			this.phase = name;
			if (known || this.milestones.take(this.engine.nanos().getAsLong())) {
				return true;
			}
			this.coalesced++;
			this.dirty = true;
			return false;
		});
	}

	void note(Note note) {
		this.lock.lock();
		try {
			if (!this.live) {
				return;
			}
			this.notes++;
			if (this.notes > MAX_NOTES) {
				this.coalesced++;
				this.dirty = true;
				return;
			}
			publish(EventKind.MILESTONE, note, null, null);
		}
		finally {
			this.lock.unlock();
		}
		this.outbox.drain();
	}

	void unit(String unit) {
		change(() -> this.unit = unit);
	}

	void message(String text) {
		if (this.live) {
			this.pendingText = null;
			this.message = Texts.line(text);
			this.dirty = true;
		}
	}

	void message(Supplier<String> text) {
		if (this.textWanted) {
			this.textWanted = false;
			speak(text);
		}
		else {
			this.pendingText = text;
		}
	}

	private void speak(Supplier<String> text) {
		try {
			message(text.get());
		}
		catch (RuntimeException ex) {
			logger.debug("A message of job '{}' could not be made", id(), ex);
		}
	}

	void data(String key, @Nullable Object value) {
		Object plain = this.facts.plain(key, value);
		change(() -> this.facts.data(key, plain));
	}

	void result(String key, @Nullable Object value) {
		Object plain = this.facts.plain(key, value);
		change(() -> this.facts.result(key, plain));
	}

	void batch(JobBatch batch) {
		change(() -> this.facts.batch(batch));
	}

	void forgetRate() {
		this.rate.restart(this.publishedUnits, this.highWater);
	}

	/**
	 * Changes something that the next tick will show.
	 */
	void change(Runnable change) {
		this.lock.lock();
		try {
			if (this.live) {
				change.run();
				this.dirty = true;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Says once why a call had no effect.
	 */
	void ignored(long number, String call) {
		if (!this.grumbled) {
			this.grumbled = true;
			logger.debug("{}({}) on job '{}' was ignored: {}", call, number, id(),
					this.live ? "the number must not be negative" : "the job or the part has ended");
		}
	}

	boolean cancelRequested() {
		return this.cancel.requested();
	}

	AutoCloseable onCancel(Runnable action) {
		return this.cancel.onRequest(action);
	}

	@Override
	public boolean cancel() {
		if (!this.live) {
			return false;
		}
		this.cancel.request();
		return true;
	}

	@Override
	public void done() {
		done(null);
	}

	@Override
	public void done(@Nullable Object result) {
		Object plain = this.facts.plain("result", result);
		end(JobState.DONE, plain, null);
	}

	@Override
	public void fail(Throwable error) {
		Throwable why = ErrorMapping.unwrap(error);
		boolean asked = why instanceof JobCancelledException || (this.cancel.requested()
				&& (why instanceof CancellationException || why instanceof InterruptedException));
		if (asked) {
			end(JobState.CANCELLED, null, null);
		}
		else if (this.live) {
			end(JobState.FAILED, null, this.engine.errors().map(this.info, why));
		}
	}

	void fail(JobError error) {
		end(JobState.FAILED, null, error);
	}

	@Override
	public void cancelled() {
		end(JobState.CANCELLED, null, null);
	}

	@Override
	public void close() {
		fail(new JobError("abandoned", JobError.INTERNAL.message()));
	}

	private void end(JobState state, @Nullable Object result, @Nullable JobError error) {
		Supplier<String> text = this.pendingText;
		if (text != null && this.live) {
			speak(text);
		}
		ProgressEvent terminal;
		this.lock.lock();
		try {
			if (!this.live) {
				return;
			}
			this.live = false;
			this.state = state;
			Object outcome = (state == JobState.DONE) ? this.facts.result(result) : null;
			terminal = publish(EventKind.TERMINAL, null, outcome, error);
		}
		finally {
			this.lock.unlock();
		}
		this.onEnd.accept(this);
		this.outbox.drain();
		this.engine.tell((listener) -> listener.ended(this.info, terminal));
		this.ended.complete(state);
	}

	/**
	 * Publishes what has changed since the last time. Called by the ticker.
	 */
	void tick() {
		this.lock.lock();
		try {
			if (!this.live) {
				return;
			}
			long now = this.engine.nanos().getAsLong();
			double units = this.root.units();
			double fraction = this.root.done();
			boolean moved = units != this.publishedUnits || Double.compare(fraction, this.publishedFraction) != 0;
			boolean changed = moved || this.dirty;
			if (this.state == JobState.QUEUED) {
				if (!changed) {
					return;
				}
				running();
			}
			if (changed && this.dirty) {
				this.rate.touch();
			}
			this.rate.sample((now - this.tickedNanos) / 1e9, units, fraction);
			this.tickedNanos = now;
			boolean due = this.outbox.watched() || now - this.publishedNanos >= this.engine.unwatchedNanos();
			if (!due || !(changed || this.rate.stalled() != this.publishedStalled)) {
				return;
			}
			publish(EventKind.TICK, null, null, null);
		}
		finally {
			this.lock.unlock();
		}
		this.outbox.drain();
	}

	private void milestone(BooleanSupplier change) {
		this.lock.lock();
		try {
			if (!this.live || !change.getAsBoolean()) {
				return;
			}
			if (this.state == JobState.QUEUED) {
				running();
			}
			publish(EventKind.MILESTONE, null, null, null);
		}
		finally {
			this.lock.unlock();
		}
		this.outbox.drain();
	}

	private ProgressEvent publish(EventKind kind, @Nullable Note note, @Nullable Object result,
			@Nullable JobError error) {
		this.dirty = false;
		long now = this.engine.nanos().getAsLong();
		double units = this.root.units();
		double fraction = this.root.done();
		ProgressEvent event = ProgressEvent.builder(this.info, this.state, this.engine.clock().instant())
			.kind(kind)
			.attempt(this.attempt)
			.phase(this.phase)
			.message(this.message)
			.progress(progress(units, fraction))
			.note(note)
			.data(this.facts.snapshot())
			.result(result)
			.error(error)
			.stalled(kind != EventKind.TERMINAL && this.rate.stalled())
			.coalesced(this.coalesced)
			.duration((kind == EventKind.TERMINAL) ? Duration.ofNanos(Math.max(0, now - this.startedNanos)) : null)
			.build();
		this.coalesced = 0;
		this.publishedNanos = now;
		this.publishedUnits = units;
		this.publishedFraction = fraction;
		this.publishedStalled = event.stalled();
		this.textWanted = true;
		this.outbox.offer(event);
		return event;
	}

	private Progress progress(double units, double fraction) {
		long total = this.root.total();
		boolean counted = units > 0 || total > 0;
		if (!Double.isNaN(fraction)) {
			this.highWater = Math.max(this.highWater, Math.min(1, fraction));
		}
		Double published = (Double.isNaN(fraction) ? null : (Double) this.highWater);
		boolean running = this.state == JobState.RUNNING;
		return new Progress(published, counted ? (Long) (long) units : null, (total > 0) ? (Long) total : null,
				counted ? this.unit : null, running ? this.rate.unitsPerSecond() : null,
				(running && published != null) ? this.rate.eta() : null);
	}

}
