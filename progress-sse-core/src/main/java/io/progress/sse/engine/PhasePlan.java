package io.progress.sse.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.progress.sse.Phase;

/**
 * The announced phases with their weights, and how far the work has come through them. A
 * skipped phase counts in full.
 */
final class PhasePlan {

	private final List<Phase> phases;

	private final double heaviest;

	private final double sum;

	private int current = -1;

	private double before;

	PhasePlan(Phase... phases) {
		this.phases = List.of(phases);
		this.heaviest = this.phases.stream().mapToDouble(Phase::weight).max().orElse(0);
		this.sum = this.phases.stream().mapToDouble(this::share).sum();
	}

	/**
	 * Checks announced phases.
	 * @return the rule that they break; {@code null} if none
	 */
	static @Nullable String flaw(Phase... phases) {
		Set<String> names = new HashSet<>();
		double heaviest = 0;
		for (Phase phase : phases) {
			if (!(phase.weight() >= 0) || Double.isInfinite(phase.weight())) {
				return "weights must be finite numbers and at least 0";
			}
			if (!names.add(phase.name())) {
				return "names must differ";
			}
			heaviest = Math.max(heaviest, phase.weight());
		}
		return (heaviest > 0) ? null : "a phase must have a weight above 0";
	}

	/**
	 * Enters a phase, if it is a later one of the plan.
	 * @return whether it is
	 */
	boolean enter(String name) {
		for (int i = this.current + 1; i < this.phases.size(); i++) {
			if (name.equals(this.phases.get(i).name())) {
				for (int done = Math.max(this.current, 0); done < i; done++) {
					this.before += share(this.phases.get(done));
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
		return Math.min(1, (this.before + share(this.phases.get(this.current)) * inPhase) / this.sum);
	}

	/**
	 * Returns the weight, scaled so that the sum of all weights is at most their number
	 * and cannot overflow.
	 */
	private double share(Phase phase) {
		return phase.weight() / this.heaviest;
	}

}
