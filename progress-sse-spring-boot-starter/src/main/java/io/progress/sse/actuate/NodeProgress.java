package io.progress.sse.actuate;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a node does, as the endpoint tells it.
 *
 * @param jobs the jobs that run here
 * @param streams the open streams
 * @param outbox what is on its way to the store
 * @param store where events are kept
 */
record NodeProgress(Jobs jobs, Streams streams, Outbox outbox, Store store) {

	/**
	 * Jobs of this node that have not ended.
	 *
	 * @param running how many there are
	 * @param newest the newest of them
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
	 * Events that this node has handed, or is to hand, to the store.
	 *
	 * @param waiting how many wait
	 * @param conflated how many a newer one has replaced, since the start
	 * @param dropped how many found no room, or were rejected, since the start
	 */
	record Outbox(long waiting, long conflated, long dropped) {

	}

	/**
	 * The store.
	 *
	 * @param type simple name of its class
	 * @param reachable whether it has just answered
	 */
	record Store(String type, boolean reachable) {

	}

}
