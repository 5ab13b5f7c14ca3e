package io.progress.sse;

/**
 * The relation of a tracked call to the job inside which it happens.
 */
public enum Nesting {

	/**
	 * A part of the surrounding job: its name becomes the phase, and it has totals of its
	 * own. When the caller passes a {@link ProgressReporter#split split}, it fills that
	 * share of the surrounding bar; else, if the surrounding {@link ProgressReporter#plan
	 * plan} names it, the share of that phase. Where nothing was planned and the
	 * surrounding work counts nothing itself, a single nested call fills the whole bar,
	 * and several calls share it. An asynchronous method may outlive its caller's job:
	 * without a share from {@code split} or {@code plan} it becomes a {@link #CHILD_JOB}.
	 */
	PHASE,

	/** A job of its own, whose events name the surrounding one as their parent. */
	CHILD_JOB,

	/** The annotation has no effect. */
	IGNORE

}
