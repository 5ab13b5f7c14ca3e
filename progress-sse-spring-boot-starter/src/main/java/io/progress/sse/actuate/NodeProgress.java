package io.progress.sse.actuate;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The state of a node in the endpoint's answer.
 *
 * @param jobs the jobs that run on this node
 * @param streams the open streams
 * @param outbox events on their way to the store
 * @param store the store
 */
record NodeProgress(Jobs jobs, Streams streams, Outbox outbox, Store store) {

	/**
	 * Jobs of this node that have not ended.
	 *
	 * @param running how many jobs there are
	 * @param newest the newest jobs
	 */
	record Jobs(int running, List<Map<String, @Nullable Object>> newest) {

	}

	/**
	 * Streams of this node.
	 *
	 * @param open how many are open
	 * @param feeds how many jobs are followed for them
	 * @param awaited how many jobs they wait for
	 */
	record Streams(int open, int feeds, int awaited) {

	}

	/**
	 * Events of this node on their way to the store.
	 *
	 * @param waiting how many wait
	 * @param conflated how many were replaced by a newer one, since the start
	 * @param dropped how many were dropped because a queue was full, or were rejected by
	 * the store, since the start
	 */
	record Outbox(long waiting, long conflated, long dropped) {

	}

	/**
	 * The store.
	 *
	 * @param type simple name of its class
	 * @param reachable whether it answered just now
	 */
	record Store(String type, boolean reachable) {

	}

}
