package io.progress.sse.engine;

/**
 * Limits how many milestones the application may publish per job: 20 at once, and 20 a
 * second in the long run. Otherwise a loop that enters a phase per element would flood
 * every viewer.
 */
final class MilestoneBudget {

	private static final int PER_SECOND = 20;

	private double left = PER_SECOND;

	private long refilledNanos;

	private boolean used;

	boolean take(long nanos) {
		if (this.used) {
			double refill = (nanos - this.refilledNanos) / 1e9 * PER_SECOND;
			this.left = Math.min(PER_SECOND, this.left + Math.max(0, refill));
		}
		this.used = true;
		this.refilledNanos = nanos;
		if (this.left < 1) {
			return false;
		}
		this.left--;
		return true;
	}

}
