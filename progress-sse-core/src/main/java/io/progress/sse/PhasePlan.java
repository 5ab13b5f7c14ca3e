package io.progress.sse;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Phases that were announced with their weights, and how far the work has come through
 * them. A phase that was skipped counts in full, so that it leaves no hole.
 */
final class PhasePlan {

	private final List<Phase> phases;

	private final double sum;

	private int current = -1;

	private double before;

	PhasePlan(Phase... phases) {
		this.phases = List.copyOf(Arrays.asList(phases));
		if (this.phases.isEmpty()) {
			throw new IllegalArgumentException("'phases' must not be empty");
		}
		Set<String> names = new HashSet<>();
		double weights = 0;
		for (Phase phase : this.phases) {
			if (!names.add(phase.name())) {
				throw new IllegalArgumentException(
						"'phases' must have different names, but '" + phase.name() + "' comes twice");
			}
			weights += phase.weight();
		}
		this.sum = weights;
	}

	/**
	 * Enters a phase.
	 * @return whether it is a later one of the plan; nothing happens if not
	 */
	boolean enter(String name) {
		for (int i = this.current + 1; i < this.phases.size(); i++) {
			if (this.phases.get(i).name().equals(name)) {
				for (int done = Math.max(this.current, 0); done < i; done++) {
					this.before += this.phases.get(done).weight();
				}
				this.current = i;
				return true;
			}
		}
		return false;
	}

	/**
	 * The fraction of the whole.
	 * @param local the fraction of the current phase, {@code NaN} if not known
	 */
	double overall(double local) {
		if (this.current < 0) {
			return 0;
		}
		double inPhase = Double.isNaN(local) ? 0 : local;
		return Math.min(1, (this.before + this.phases.get(this.current).weight() * inPhase) / this.sum);
	}

}
