package io.progress.sse.stream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.progress.sse.event.JobId;

/**
 * The jobs that somebody waits for although they have not come yet.
 */
final class WaitingRoom {

	private final StreamSettings.Waiting settings;

	private final Map<JobId, Integer> waiting = new ConcurrentHashMap<>();

	WaitingRoom(StreamSettings.Waiting settings) {
		this.settings = settings;
	}

	int jobs() {
		return this.waiting.size();
	}

	boolean hasRoomFor(JobId job) {
		return !this.settings.time().isZero()
				&& (this.waiting.containsKey(job) || this.waiting.size() < this.settings.jobs());
	}

	void enter(JobId job) {
		this.waiting.merge(job, 1, Integer::sum);
	}

	void leave(JobId job) {
		this.waiting.computeIfPresent(job, (key, count) -> (count > 1) ? count - 1 : null);
	}

}
