package io.progress.sse.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The progress of a job, or of a part of it: a node of the tree of its parts. A worker
 * writes counters and the fraction without a lock; changes to the tree need the job's
 * lock, because the ticker walks the tree under it.
 */
abstract class WorkNode {

	private static final int MAX_PARTS = 1024;

	/** The rounding error that sums of weights may have. */
	private static final double ROUNDING = 1e-6;

	private static final VarHandle FRACTION;

	static {
		try {
			FRACTION = MethodHandles.lookup().findVarHandle(WorkNode.class, "fraction", double.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	final WorkCounter counter = new WorkCounter();

	/** Whether the part or the job has ended. */
	volatile boolean ended;

	private final double weight;

	private List<WorkNode> parts = List.of();

	private volatile long total;

	@SuppressWarnings("unused")
	private double fraction = Double.NaN;

	private double endedUnits;

	/** The fraction, as last computed. */
	private double summedUp = Double.NaN;

	private final SharedFraction shared = new SharedFraction();

	private @Nullable String unit;

	private @Nullable PhasePlan plan;

	WorkNode(double weight) {
		this.weight = weight;
	}

	/**
	 * Enters a planned phase and resets the counters.
	 * @return whether the plan has this phase and it comes later
	 */
	boolean enter(String name) {
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
		this.parts.forEach(WorkNode::end);
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
	 * Refuses further reports, here and in all parts. Under the job's lock.
	 */
	void end() {
		this.ended = true;
		withParts().forEach((node) -> node.ended = true);
	}

	/**
	 * Returns this node and all parts below it, parents first. Not recursive, because
	 * parts may be nested deeper than the stack allows.
	 */
	private List<WorkNode> withParts() {
		if (this.parts.isEmpty()) {
			return List.of(this);
		}
		List<WorkNode> nodes = new ArrayList<>();
		nodes.add(this);
		for (int i = 0; i < nodes.size(); i++) {
			nodes.addAll(nodes.get(i).parts);
		}
		return nodes;
	}

	/**
	 * Computes the fraction of each node, from the deepest ones up.
	 */
	private void sumUp() {
		List<WorkNode> nodes = withParts();
		for (int i = nodes.size() - 1; i >= 0; i--) {
			WorkNode node = nodes.get(i);
			node.summedUp = node.overall();
		}
	}

	void add(WorkNode part) {
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

	/**
	 * Counts a part in full. Under the job's lock.
	 */
	void complete(WorkNode part) {
		if (this.parts.remove(part)) {
			this.endedUnits += part.weight;
			if (part.weight == 0) {
				this.shared.end(part);
			}
			part.end();
		}
	}

	/**
	 * Whether a report without a lock may have changed something. Needs no lock either: a
	 * change that is missed now is seen the next time.
	 * @param count the last value of {@link #count}
	 * @param fraction the last value of {@link #saidFraction}
	 */
	boolean mayHaveMoved(long count, double fraction) {
		return !this.parts.isEmpty() || this.counter.count() != count || Double.compare(saidFraction(), fraction) != 0;
	}

	long count() {
		return this.counter.count();
	}

	/**
	 * Returns the whole units done, including those of the parts. Under the job's lock.
	 */
	long completed() {
		sumUp();
		return WorkCounter.sum(count(), (long) (partUnits() + ROUNDING));
	}

	/**
	 * Returns the units done, including those of the parts and fractions of a unit. Under
	 * the job's lock.
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
		for (WorkNode part : this.parts) {
			double done = part.summedUp();
			units += Double.isNaN(done) ? 0 : part.weight * done;
		}
		return units;
	}

	/**
	 * Returns the node whose counts are shown for this one: a nested part, if this node
	 * reports nothing itself. Under the job's lock.
	 */
	WorkNode shown() {
		WorkNode shown = this;
		WorkNode nested = nested();
		while (nested != null) {
			shown = nested;
			nested = shown.nested();
		}
		return shown;
	}

	private @Nullable WorkNode nested() {
		return silent() ? this.shared.newest(this.parts) : null;
	}

	private boolean silent() {
		return this.total == 0 && count() == 0 && this.endedUnits == 0 && Double.isNaN(saidFraction());
	}

	/**
	 * Whether the fraction is computed from count and total. Under the job's lock.
	 */
	boolean followsTotal() {
		return this.plan == null && this.total > 0 && Double.isNaN(saidFraction());
	}

	/**
	 * Returns how many units are left. Under the job's lock.
	 */
	long missing() {
		return followsTotal() ? Math.max(0, this.total - completed()) : 0;
	}

	/**
	 * Whether neither total, fraction nor count was ever reported. Under the job's lock.
	 */
	boolean mute() {
		return silent() && this.plan == null && this.parts.isEmpty() && this.shared.newest(this.parts) == null;
	}

	void counts(String unit) {
		this.unit = unit;
	}

	void follow(PhasePlan plan) {
		this.plan = plan;
	}

	void said(double fraction) {
		FRACTION.setOpaque(this, fraction);
	}

	@Nullable String unit() {
		return this.unit;
	}

	long total() {
		return this.total;
	}

	/**
	 * Returns the fraction of this node. Under the job's lock.
	 * @return from 0.0 to 1.0, {@code NaN} if not known
	 */
	double done() {
		sumUp();
		return this.summedUp;
	}

	/**
	 * Returns the fraction as last computed for a node above.
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
	 * The last report wins: a total replaces an earlier fraction.
	 */
	void changeTotal(long units) {
		this.total = units;
		FRACTION.setOpaque(this, Double.NaN);
	}

}
