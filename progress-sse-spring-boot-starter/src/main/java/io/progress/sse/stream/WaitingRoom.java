package io.progress.sse.stream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;

/**
 * The jobs that somebody waits for although they have not come yet.
 */
final class WaitingRoom {

	private final StreamSettings.Waiting settings;

	private final Map<JobId, Awaited> waiting = new ConcurrentHashMap<>();

	WaitingRoom(StreamSettings.Waiting settings) {
		this.settings = settings;
	}

	int jobs() {
		return this.waiting.size();
	}

	/**
	 * Whether any job is waited for.
	 */
	boolean isOpen() {
		return !this.settings.time().isZero();
	}

	boolean hasRoomFor(JobId job) {
		return isOpen() && (this.waiting.containsKey(job) || this.waiting.size() < this.settings.jobs());
	}

	void enter(JobId job, @Nullable String caller) {
		this.waiting.merge(job, new Awaited(1, caller), Awaited::and);
	}

	void leave(JobId job) {
		this.waiting.computeIfPresent(job, (key, awaited) -> awaited.less());
	}

	/**
	 * Whether a job is promised to somebody else: the first whose name is known.
	 */
	boolean isForAnother(JobId job, @Nullable String caller) {
		Awaited awaited = this.waiting.get(job);
		return awaited != null && awaited.owner() != null && !awaited.owner().equals(caller);
	}

	private record Awaited(int viewers, @Nullable String owner) {

		Awaited and(Awaited next) {
			return new Awaited(this.viewers + next.viewers, (this.owner != null) ? this.owner : next.owner);
		}

		@Nullable Awaited less() {
			return (this.viewers > 1) ? new Awaited(this.viewers - 1, this.owner) : null;
		}

	}

}
