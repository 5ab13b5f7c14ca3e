package io.progress.sse;

/**
 * The relation of a tracked call to the job inside which it happens.
 */
public enum Nesting {

	/**
	 * A part of the surrounding job: its name is the phase, its totals are its own. When
	 * the caller passes a {@link ProgressReporter#split split}, it fills that share of
	 * the surrounding bar; else, if the surrounding {@link ProgressReporter#plan plan}
	 * names it, the share of that phase. Where nothing was planned, and the surrounding
	 * work counts nothing itself, the only nested call fills the whole bar, and several
	 * share it. An asynchronous method may outlive its caller's job: without such a share
	 * it is a {@link #CHILD_JOB}.
	 */
	PHASE,

	/** A job of its own, whose events name the surrounding one as their parent. */
	CHILD_JOB,

	/** Nothing: the annotation has no effect. */
	IGNORE

}
