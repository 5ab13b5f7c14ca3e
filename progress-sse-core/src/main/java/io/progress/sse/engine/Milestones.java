package io.progress.sse.engine;

import org.jspecify.annotations.Nullable;

/**
 * The phases and notes of a job. Decides which of them are published at once. Used under
 * the job's lock.
 */
final class Milestones {

	private static final int MAX_NOTES = 200;

	private final MilestoneBudget budget = new MilestoneBudget();

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

}
