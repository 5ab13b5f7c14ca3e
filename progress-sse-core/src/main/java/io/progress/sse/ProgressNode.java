package io.progress.sse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.event.Note;

/**
 * The reporter of a job, or of a part of it. What a loop calls writes a counter and
 * nothing else; everything that changes the shape of the work goes through the job's
 * lock, because the ticker walks the tree under it.
 */
final class ProgressNode implements ProgressReporter {

	private static final VarHandle FRACTION;

	static {
		try {
			FRACTION = MethodHandles.lookup().findVarHandle(ProgressNode.class, "fraction", double.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final TrackedJob job;

	private final @Nullable ProgressNode parent;

	private final double weight;

	private final boolean quiet;

	private final WorkCounter counter = new WorkCounter();

	private final List<ProgressNode> parts = new ArrayList<>(0);

	private volatile long total;

	@SuppressWarnings("unused")
	private double fraction = Double.NaN;

	private double closedUnits;

	private @Nullable PhasePlan plan;

	private volatile boolean closed;

	ProgressNode(TrackedJob job) {
		this(job, null, 0, false);
	}

	private ProgressNode(TrackedJob job, @Nullable ProgressNode parent, double weight, boolean quiet) {
		this.job = job;
		this.parent = parent;
		this.weight = weight;
		this.quiet = quiet;
	}

	@Override
	public Optional<JobId> jobId() {
		return Optional.of(this.job.id());
	}

	@Override
	public boolean isActive() {
		return this.job.live() && !this.closed;
	}

	@Override
	public void advance(long units) {
		if (units < 0 || !isActive()) {
			this.job.ignored(units, "advance");
			return;
		}
		this.counter.add(units);
	}

	@Override
	public void report(long completed, long total) {
		if (completed < 0 || total < 0 || !isActive()) {
			this.job.ignored(Math.min(completed, total), "report");
			return;
		}
		if (total != this.total) {
			this.job.change(() -> {
				this.total = total;
				this.counter.set(completed);
			});
		}
		else {
			this.counter.set(completed);
		}
	}

	@Override
	public void fraction(double zeroToOne) {
		if (isActive()) {
			FRACTION.setOpaque(this, Math.max(0, Math.min(1, zeroToOne)));
		}
		else {
			this.job.ignored(0, "fraction");
		}
	}

	@Override
	public void total(long units) {
		if (units < 0) {
			throw new IllegalArgumentException("'units' must not be negative, but is " + units);
		}
		change(() -> this.total = units);
	}

	@Override
	public void remaining(long units) {
		if (units < 0) {
			throw new IllegalArgumentException("'units' must not be negative, but is " + units);
		}
		change(() -> {
			this.total = (long) units() + units;
			this.job.forgetRate();
		});
	}

	@Override
	public void indeterminate() {
		change(() -> {
			this.total = 0;
			FRACTION.setOpaque(this, Double.NaN);
		});
	}

	@Override
	public void unit(String unit) {
		if (this.parent == null) {
			this.job.unit(Texts.line(unit));
		}
	}

	@Override
	public void plan(Phase... phases) {
		PhasePlan plan = new PhasePlan(phases);
		change(() -> this.plan = plan);
	}

	@Override
	public void phase(String name) {
		checkCancelled();
		if (!isActive()) {
			this.job.ignored(0, "phase");
			return;
		}
		String text = Texts.line(name);
		this.job.phase(text, !this.quiet, () -> enter(text));
	}

	/**
	 * Enters a planned phase, where the counters start again.
	 * @return whether the plan knows the phase
	 */
	private boolean enter(String name) {
		PhasePlan plan = this.plan;
		if (plan == null || !plan.enter(name)) {
			return plan != null && plan.contains(name);
		}
		restart();
		return true;
	}

	/**
	 * Forgets counters and parts, but not the plan. Under the job's lock.
	 */
	private void restart() {
		this.counter.reset();
		this.total = 0;
		FRACTION.setOpaque(this, Double.NaN);
		this.closedUnits = 0;
		this.parts.forEach((part) -> part.closed = true);
		this.parts.clear();
	}

	/**
	 * Forgets everything. Under the job's lock.
	 */
	void reset() {
		restart();
		this.plan = null;
	}

	@Override
	public void message(String text) {
		if (!this.quiet) {
			this.job.message(text);
		}
	}

	@Override
	public void message(Supplier<String> text) {
		if (!this.quiet) {
			this.job.message(text);
		}
	}

	@Override
	public void note(Note.Level level, String text) {
		this.job.note(new Note(level, Texts.line(text)));
	}

	@Override
	public void data(String key, @Nullable Object value) {
		this.job.data(key, value);
	}

	@Override
	public void result(String key, @Nullable Object value) {
		this.job.result(key, value);
	}

	@Override
	public ProgressReporter split(double weight) {
		return split(weight, false);
	}

	@Override
	public ProgressReporter split(double weight, String label) {
		ProgressReporter part = split(weight, true);
		message(label);
		return part;
	}

	private ProgressReporter split(double weight, boolean quiet) {
		if (!(weight >= 0) || Double.isInfinite(weight)) {
			throw new IllegalArgumentException("'weight' must be a finite number from 0 on, but is " + weight);
		}
		checkCancelled();
		ProgressNode part = new ProgressNode(this.job, this, weight, quiet || this.quiet);
		change(() -> this.parts.add(part));
		return part;
	}

	@Override
	public void close() {
		ProgressNode parent = this.parent;
		if (parent != null && !this.closed) {
			this.job.change(() -> {
				if (!this.closed && parent.parts.remove(this)) {
					parent.closedUnits += this.weight;
				}
				this.closed = true;
			});
		}
	}

	@Override
	public BatchProgress batch(long total) {
		total(total);
		JobBatch batch = new JobBatch(this, total);
		this.job.batch(batch);
		return batch;
	}

	@Override
	public boolean isCancelled() {
		return this.job.cancelRequested();
	}

	@Override
	public void checkCancelled() {
		if (this.job.cancelRequested() && this.job.live()) {
			throw new JobCancelledException(this.job.id());
		}
	}

	@Override
	public AutoCloseable onCancel(Runnable action) {
		return this.job.onCancel(action);
	}

	/**
	 * Units done, those of the parts included. Under the job's lock.
	 */
	double units() {
		double units = this.counter.count() + this.closedUnits;
		for (ProgressNode part : this.parts) {
			double done = part.done();
			units += Double.isNaN(done) ? 0 : part.weight * done;
		}
		return units;
	}

	long total() {
		return this.total;
	}

	/**
	 * How far this node is. Under the job's lock.
	 * @return from 0.0 on, {@code NaN} if not known
	 */
	double done() {
		PhasePlan plan = this.plan;
		return (plan != null) ? plan.overall(local()) : local();
	}

	private double local() {
		double said = (double) FRACTION.getOpaque(this);
		if (!Double.isNaN(said)) {
			return said;
		}
		long of = this.total;
		return (of > 0) ? Math.min(1, units() / of) : Double.NaN;
	}

	private void change(Runnable change) {
		if (isActive()) {
			this.job.change(change);
		}
		else {
			this.job.ignored(0, "change");
		}
	}

}
