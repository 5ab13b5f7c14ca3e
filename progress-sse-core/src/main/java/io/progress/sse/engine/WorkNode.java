package io.progress.sse.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The progress of a job, or of a part of it: a node of the tree of its parts. A worker
 * writes counters and the fraction without a lock; everything that changes the shape of
 * the work happens under the job's lock, because the ticker walks the tree under it.
 */
abstract class WorkNode {

	private static final int MAX_PARTS = 1024;

	/** Sums of weights may miss a whole number by this. */
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

	/** Of the part or of the whole job. */
	volatile boolean ended;

	private final double weight;

	private List<WorkNode> parts = List.of();

	private volatile long total;

	@SuppressWarnings("unused")
	private double fraction = Double.NaN;

	private double endedUnits;

	/** How far it is, as last summed up. */
	private double summedUp = Double.NaN;

	private final SharedFraction shared = new SharedFraction();

	private @Nullable String unit;

	private @Nullable PhasePlan plan;

	WorkNode(double weight) {
		this.weight = weight;
	}

	/**
	 * Enters a planned phase, where the counters start again.
	 * @return whether the plan knows the phase as a later one
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
	 * Works out how far each node is, from the deepest ones up.
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
		for (WorkNode part : this.parts) {
			double done = part.summedUp();
			units += Double.isNaN(done) ? 0 : part.weight * done;
		}
		return units;
	}

	/**
	 * The node whose counts are those of this one: where it says nothing itself, the
	 * nested work that does. Under the job's lock.
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
	void changeTotal(long units) {
		this.total = units;
		FRACTION.setOpaque(this, Double.NaN);
	}

}
