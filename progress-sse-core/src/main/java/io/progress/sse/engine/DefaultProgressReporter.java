package io.progress.sse.engine;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.progress.sse.BatchProgress;
import io.progress.sse.JobCancelledException;
import io.progress.sse.Phase;
import io.progress.sse.ProgressReporter;
import io.progress.sse.Scope;
import io.progress.sse.event.JobId;
import io.progress.sse.event.Note;
import io.progress.sse.support.Texts;

/**
 * The reporter of a job, or of a part of it. The methods that are called in loops read
 * one flag and write one counter, nothing else; calls that change the structure of the
 * work take the job's lock.
 */
final class DefaultProgressReporter extends WorkNode implements ProgressReporter {

	private static final String NOT_NEGATIVE = "the number must not be negative";

	private final TrackedJob job;

	private final @Nullable DefaultProgressReporter parent;

	private final boolean quiet;

	DefaultProgressReporter(TrackedJob job) {
		this(job, null, 0, false);
	}

	private DefaultProgressReporter(TrackedJob job, @Nullable DefaultProgressReporter parent, double weight,
			boolean quiet) {
		super(weight);
		this.job = job;
		this.parent = parent;
		this.quiet = quiet;
	}

	@Override
	public Optional<JobId> jobId() {
		return Optional.of(this.job.id());
	}

	@Override
	public boolean isActive() {
		return !this.ended;
	}

	@Override
	public void advance(long units) {
		if (this.ended || WorkCounter.unusual(units)) {
			advanceWithCare(units);
			return;
		}
		this.counter.add(units);
	}

	private void advanceWithCare(long units) {
		if (active("advance") && notNegative("advance", units)) {
			this.counter.addLarge(units);
		}
	}

	@Override
	public void report(long completed, long total) {
		if (this.ended || completed < 0 || total < 0) {
			if (active("report")) {
				notNegative("report", Math.min(completed, total));
			}
			return;
		}
		if (total == total() && Double.isNaN(saidFraction())) {
			this.counter.set(completed);
		}
		else {
			this.job.change(() -> {
				changeTotal(total);
				this.counter.set(completed);
			});
		}
	}

	@Override
	public void fraction(double zeroToOne) {
		if (Double.isInfinite(zeroToOne)) {
			if (active("fraction")) {
				this.job.log().refused("fraction", zeroToOne, "the number must be finite");
			}
		}
		else if (active("fraction")) {
			said(Math.max(0, Math.min(1, zeroToOne)));
		}
	}

	@Override
	public void total(long units) {
		if (active("total") && notNegative("total", units)) {
			this.job.change(() -> changeTotal(units));
		}
	}

	@Override
	public void remaining(long units) {
		if (active("remaining") && notNegative("remaining", units)) {
			this.job.change(() -> {
				changeTotal(WorkCounter.sum(completed(), units));
				this.job.forgetRate();
			});
		}
	}

	@Override
	public void indeterminate() {
		if (active("indeterminate")) {
			this.job.change(() -> changeTotal(0));
		}
	}

	@Override
	public void unit(String unit) {
		if (active("unit")) {
			String name = Texts.line(unit);
			this.job.change(() -> counts(name));
		}
	}

	@Override
	public void plan(Phase... phases) {
		if (active("plan")) {
			String flaw = PhasePlan.flaw(phases);
			if (flaw != null) {
				this.job.log().refused("plan", Arrays.toString(phases), flaw);
				return;
			}
			PhasePlan plan = new PhasePlan(phases);
			this.job.change(() -> follow(plan));
		}
	}

	@Override
	public void phase(String name) {
		checkCancelled();
		if (active("phase")) {
			String text = Texts.line(name);
			this.job.phase(text, !this.quiet, () -> enter(text));
		}
	}

	@Override
	public void message(String text) {
		if (active("message") && !this.quiet) {
			this.job.message(text);
		}
	}

	@Override
	public void message(Supplier<String> text) {
		if (active("message") && !this.quiet) {
			this.job.message(text);
		}
	}

	@Override
	public void note(Note.Level level, String text) {
		if (active("note")) {
			this.job.note(new Note(level, Texts.line(text)));
		}
	}

	@Override
	public void data(String key, @Nullable Object value) {
		if (active("data")) {
			this.job.data(key, value);
		}
	}

	@Override
	public void result(String key, @Nullable Object value) {
		if (active("result")) {
			this.job.result(key, value);
		}
	}

	@Override
	public ProgressReporter split(double weight) {
		return split(weight, this.quiet);
	}

	@Override
	public ProgressReporter split(double weight, String label) {
		ProgressReporter part = split(weight, true);
		message(label);
		return part;
	}

	private ProgressReporter split(double weight, boolean quiet) {
		checkCancelled();
		boolean sound = weight >= 0 && !Double.isInfinite(weight);
		DefaultProgressReporter part = new DefaultProgressReporter(this.job, this, sound ? weight : 0, quiet);
		part.ended = true;
		if (active("split")) {
			if (!sound) {
				this.job.log().refused("split", weight, "the weight must be a finite number and at least 0");
			}
			this.job.change(() -> add(part));
		}
		return part;
	}

	@Override
	public void close() {
		DefaultProgressReporter parent = this.parent;
		if (parent != null && !this.ended) {
			this.job.change(() -> parent.complete(this));
		}
	}

	@Override
	public BatchProgress batch(long total) {
		DefaultBatchProgress batch = new DefaultBatchProgress(this, total);
		if (active("batch") && notNegative("batch", total)) {
			this.job.change(() -> changeTotal(total));
		}
		if (!this.ended) {
			this.job.batch(batch);
		}
		return batch;
	}

	@Override
	public boolean isCancelled() {
		return this.job.cancelRequested();
	}

	@Override
	public void checkCancelled() {
		if (this.job.mustStop()) {
			throw new JobCancelledException(this.job.id());
		}
	}

	@Override
	public Scope onCancel(Runnable action) {
		return this.job.onCancel(action);
	}

	private boolean active(String call) {
		if (this.ended) {
			this.job.log().late(call);
			return false;
		}
		return true;
	}

	private boolean notNegative(String call, long number) {
		if (number < 0) {
			this.job.log().refused(call, number, NOT_NEGATIVE);
		}
		return number >= 0;
	}

}
