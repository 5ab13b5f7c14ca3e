package io.progress.sse.engine;

import org.jspecify.annotations.Nullable;

/**
 * The phases and notes of a job. Decides which of them are published at once. Used under
 * the job's lock.
 */
final class Milestones {

	private static final int MAX_NOTES = 200;

	private final Budget budget = new Budget();

	private @Nullable String phase;

	/** Whether the current phase waits for the next event. */
	private boolean held;

	private int notes;

	private int hidden;

	@Nullable String phase() {
		return this.phase;
	}

	/**
	 * Enters a phase. A phase that was not planned may have to wait for the next event;
	 * if another phase comes before that, it is never published.
	 * @return whether it is published at once
	 */
	boolean enter(String phase, boolean declared, long now) {
		this.phase = phase;
		if (this.held) {
			hide();
		}
		this.held = !declared && !this.budget.take(now);
		return !this.held;
	}

	void leave() {
		this.phase = null;
	}

	/**
	 * Takes a note.
	 * @return whether it is published
	 */
	boolean note() {
		if (this.notes == MAX_NOTES) {
			hide();
			return false;
		}
		this.notes++;
		return true;
	}

	private void hide() {
		this.hidden = Math.min(this.hidden, Integer.MAX_VALUE - 1) + 1;
	}

	/**
	 * Returns how many phases and notes were hidden since the last event.
	 */
	int publish() {
		int hidden = this.hidden;
		this.hidden = 0;
		this.held = false;
		return hidden;
	}

	/**
	 * Limits how many milestones the application may publish per job: 20 at once, and 20
	 * a second in the long run. Otherwise a loop that enters a phase per element would
	 * flood every viewer.
	 */
	private static final class Budget {

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

}
