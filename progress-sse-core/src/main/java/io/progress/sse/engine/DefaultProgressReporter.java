package io.progress.sse.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.progress.sse.BatchProgress;
import io.progress.sse.JobCancelledException;
import io.progress.sse.Phase;
import io.progress.sse.ProgressReporter;
import io.progress.sse.event.JobId;
import io.progress.sse.event.Note;
import io.progress.sse.support.Texts;

/**
 * The reporter of a job, or of a part of it. What a loop calls reads one flag and writes
 * a counter, nothing else; everything that changes the shape of the work goes through the
 * job's lock, because the ticker walks the tree under it.
 */
final class DefaultProgressReporter implements ProgressReporter {

	private static final int MAX_PARTS = 1024;

	/** Sums of weights may miss a whole number by this. */
	private static final double ROUNDING = 1e-6;

	private static final String NOT_NEGATIVE = "the number must not be negative";

	private static final VarHandle FRACTION;

	static {
		try {
			FRACTION = MethodHandles.lookup().findVarHandle(DefaultProgressReporter.class, "fraction", double.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final TrackedJob job;

	private final @Nullable DefaultProgressReporter parent;

	private final double weight;

	private final boolean quiet;

	private final WorkCounter counter = new WorkCounter();

	private List<DefaultProgressReporter> parts = List.of();

	/** Of the part or of the whole job. */
	private volatile boolean ended;

	private volatile long total;

	@SuppressWarnings("unused")
	private double fraction = Double.NaN;

	private double endedUnits;

	/** How far it is, as last summed up. */
	private double summedUp = Double.NaN;

	private final SharedFraction shared = new SharedFraction();

	private @Nullable String unit;

	private @Nullable PhasePlan plan;

	DefaultProgressReporter(TrackedJob job) {
		this(job, null, 0, false);
	}

	private DefaultProgressReporter(TrackedJob job, @Nullable DefaultProgressReporter parent, double weight,
			boolean quiet) {
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
		if (total == this.total && Double.isNaN(saidFraction())) {
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
				this.job.refused("fraction", zeroToOne, "the number must be finite");
			}
		}
		else if (active("fraction")) {
			FRACTION.setOpaque(this, Math.max(0, Math.min(1, zeroToOne)));
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
			this.job.change(() -> this.unit = name);
		}
	}

	@Override
	public void plan(Phase... phases) {
		if (active("plan")) {
			String flaw = PhasePlan.flaw(phases);
			if (flaw != null) {
				this.job.refused("plan", Arrays.toString(phases), flaw);
				return;
			}
			PhasePlan plan = new PhasePlan(phases);
			this.job.change(() -> this.plan = plan);
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

	/**
	 * Enters a planned phase, where the counters start again.
	 * @return whether the plan knows the phase as a later one
	 */
	private boolean enter(String name) {
		if (this.plan == null || !this.plan.enter(name)) {
			return false;
		}
		restart();
		return true;
	}

	/**
	 * Forgets counters and parts, but not the plan. Under the job's lock.
	 */
	private void restart() {
		this.counter.set(0);
		changeTotal(0);
		this.endedUnits = 0;
		this.shared.clear();
		this.parts.forEach(DefaultProgressReporter::end);
		this.parts = List.of();
	}

	/**
	 * Forgets everything. Under the job's lock.
	 */
	void reset() {
		restart();
		this.plan = null;
	}

	/**
	 * Takes no more reports, here and in all parts. Under the job's lock.
	 */
	void end() {
		this.ended = true;
		withParts().forEach((node) -> node.ended = true);
	}

	/**
	 * This node and all parts below it, each behind the one that it is a part of. No
	 * method goes down the tree by calling itself: parts may be nested deeper than a
	 * stack is.
	 */
	private List<DefaultProgressReporter> withParts() {
		if (this.parts.isEmpty()) {
			return List.of(this);
		}
		List<DefaultProgressReporter> nodes = new ArrayList<>();
		nodes.add(this);
		for (int i = 0; i < nodes.size(); i++) {
			nodes.addAll(nodes.get(i).parts);
		}
		return nodes;
	}

	/**
	 * Works out how far each node is, from the deepest ones up.
	 */
	private void sumUp() {
		List<DefaultProgressReporter> nodes = withParts();
		for (int i = nodes.size() - 1; i >= 0; i--) {
			DefaultProgressReporter node = nodes.get(i);
			node.summedUp = node.overall();
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
				this.job.refused("split", weight, "the weight must be a finite number from 0 on");
			}
			this.job.change(() -> add(part));
		}
		return part;
	}

	private void add(DefaultProgressReporter part) {
		if (!this.ended) {
			if (this.parts.isEmpty()) {
				this.parts = new ArrayList<>();
			}
			else if (this.parts.size() == MAX_PARTS) {
				complete(this.parts.get(0));
			}
			this.parts.add(part);
			part.ended = false;
			if (part.weight == 0) {
				this.shared.begin(part);
			}
		}
	}

	@Override
	public void close() {
		DefaultProgressReporter parent = this.parent;
		if (parent != null && !this.ended) {
			this.job.change(() -> parent.complete(this));
		}
	}

	/**
	 * Counts a part in full. Under the job's lock.
	 */
	private void complete(DefaultProgressReporter part) {
		if (this.parts.remove(part)) {
			this.endedUnits += part.weight;
			if (part.weight == 0) {
				this.shared.end(part);
			}
			part.end();
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
	public AutoCloseable onCancel(Runnable action) {
		return this.job.onCancel(action);
	}

	/**
	 * Whether a report without a lock may have changed something. Needs no lock either: a
	 * change that is missed is seen the next time.
	 * @param count what {@link #count} said before
	 * @param fraction what {@link #saidFraction} said before
	 */
	boolean mayHaveMoved(long count, double fraction) {
		return !this.parts.isEmpty() || this.counter.count() != count || Double.compare(saidFraction(), fraction) != 0;
	}

	long count() {
		return this.counter.count();
	}

	/**
	 * Units done, those of the parts included, exactly. Under the job's lock.
	 */
	long completed() {
		sumUp();
		return WorkCounter.sum(count(), (long) (partUnits() + ROUNDING));
	}

	/**
	 * Units done, those of the parts included, with what is not a whole one. Under the
	 * job's lock.
	 */
	double units() {
		sumUp();
		return ownUnits();
	}

	private double ownUnits() {
		return Math.min(Long.MAX_VALUE, count() + partUnits());
	}

	private double partUnits() {
		double units = this.endedUnits;
		for (DefaultProgressReporter part : this.parts) {
			double done = part.summedUp();
			units += Double.isNaN(done) ? 0 : part.weight * done;
		}
		return units;
	}

	/**
	 * The node whose counts are those of this one: where it says nothing itself, the
	 * nested work that does. Under the job's lock.
	 */
	DefaultProgressReporter shown() {
		DefaultProgressReporter shown = this;
		DefaultProgressReporter nested = nested();
		while (nested != null) {
			shown = nested;
			nested = shown.nested();
		}
		return shown;
	}

	private @Nullable DefaultProgressReporter nested() {
		return silent() ? this.shared.newest(this.parts) : null;
	}

	private boolean silent() {
		return this.total == 0 && count() == 0 && this.endedUnits == 0 && Double.isNaN(saidFraction());
	}

	/**
	 * Whether the fraction is what was counted, of the total. Under the job's lock.
	 */
	boolean followsTotal() {
		return this.plan == null && this.total > 0 && Double.isNaN(saidFraction());
	}

	/**
	 * How many units there are yet to do. Under the job's lock.
	 */
	long missing() {
		return followsTotal() ? Math.max(0, this.total - completed()) : 0;
	}

	/**
	 * Whether nothing was ever said of how far the work is. Under the job's lock.
	 */
	boolean mute() {
		return silent() && this.plan == null && this.parts.isEmpty() && this.shared.newest(this.parts) == null;
	}

	@Nullable String unit() {
		return this.unit;
	}

	long total() {
		return this.total;
	}

	/**
	 * How far this node is. Under the job's lock.
	 * @return from 0.0 to 1.0, {@code NaN} if not known
	 */
	double done() {
		sumUp();
		return this.summedUp;
	}

	/**
	 * The same, as it was when a node above was last asked.
	 */
	double summedUp() {
		return this.summedUp;
	}

	private double overall() {
		PhasePlan plan = this.plan;
		return (plan != null) ? plan.overall(local()) : local();
	}

	private double local() {
		double said = saidFraction();
		if (!Double.isNaN(said)) {
			return said;
		}
		long of = this.total;
		if (of > 0) {
			return Math.min(1, ownUnits() / of);
		}
		return silent() ? this.shared.of(this.parts) : Double.NaN;
	}

	double weight() {
		return this.weight;
	}

	double saidFraction() {
		return (double) FRACTION.getOpaque(this);
	}

	/**
	 * What is said last counts: a total puts an end to a fraction that was said before.
	 */
	private void changeTotal(long units) {
		this.total = units;
		FRACTION.setOpaque(this, Double.NaN);
	}

	private boolean active(String call) {
		if (this.ended) {
			this.job.late(call);
			return false;
		}
		return true;
	}

	private boolean notNegative(String call, long number) {
		if (number < 0) {
			this.job.refused(call, number, NOT_NEGATIVE);
		}
		return number >= 0;
	}

}
