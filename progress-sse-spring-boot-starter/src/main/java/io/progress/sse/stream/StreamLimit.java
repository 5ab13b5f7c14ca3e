package io.progress.sse.stream;

/**
 * A temporary reason to refuse a stream.
 */
public enum StreamLimit {

	/** There are too many streams on this node. */
	NODE,

	/** The principal has too many streams. */
	PRINCIPAL,

	/** The job has too many streams. */
	JOB,

	/** The node is shutting down. */
	SHUTDOWN,

	/** The store is unreachable. */
	STORE

}
