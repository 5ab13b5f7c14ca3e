package io.progress.sse.stream.feed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.stream.StreamSettings;

/**
 * The streams that wait for jobs that do not exist yet. Their number is bounded, and a
 * new stream always gets a place.
 * <ol>
 * <li>A client that has reached its own limit loses its oldest place.</li>
 * <li>When the room is full, the client that has most places loses its oldest. So a
 * client that fills the room takes places only from itself.</li>
 * </ol>
 * A stream that loses its place is ended, and waits again when its client reconnects.
 */
public final class WaitingRoom {

	private final ReentrantLock lock = new ReentrantLock();

	private final StreamSettings settings;

	private final Map<JobId, Awaited> jobs = new HashMap<>();

	/** In the order in which the clients came. */
	private final Map<Object, Deque<Place>> clients = new LinkedHashMap<>();

	private int places;

	/**
	 * Creates an empty room.
	 * @param settings the limits
	 */
	public WaitingRoom(StreamSettings settings) {
		this.settings = settings;
	}

	/**
	 * Returns the number of jobs that streams wait for.
	 * @return the number
	 */
	public int jobs() {
		this.lock.lock();
		try {
			return this.jobs.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Whether streams may wait at all.
	 * @return {@code true} if so
	 */
	public boolean isOpen() {
		return !this.settings.awaitUnknown().isZero() && this.settings.limits().awaitedJobs() > 0;
	}

	/**
	 * Takes a place.
	 * @param job the job to wait for
	 * @param caller the client's name; {@code null} if it is not known
	 * @param client the client of the place: its name, or its address
	 * @param retire ends the stream; called on another thread, must not block
	 */
	Place enter(JobId job, @Nullable String caller, Object client, Runnable retire) {
		Place place = new Place(job, client, retire);
		Place retired = null;
		this.lock.lock();
		try {
			Deque<Place> own = this.clients.computeIfAbsent(client, (key) -> new ArrayDeque<>(1));
			own.addLast(place);
			this.places++;
			this.jobs.merge(job, new Awaited(1, caller), Awaited::and);
			if (own.size() > this.settings.limits().awaitedPerClient()) {
				retired = own.getFirst();
			}
			else if (this.places > this.settings.limits().awaitedJobs()) {
				retired = largest().getFirst();
			}
			if (retired != null) {
				remove(retired);
			}
		}
		finally {
			this.lock.unlock();
		}
		if (retired != null) {
			retired.retire.run();
		}
		return place;
	}

	void leave(Place place) {
		this.lock.lock();
		try {
			remove(place);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Whether a job id is reserved for another caller: the first one with a known name.
	 * @param job the job
	 * @param caller the caller's name; {@code null} if it is not known
	 * @return {@code true} if so
	 */
	public boolean isForAnother(JobId job, @Nullable String caller) {
		this.lock.lock();
		try {
			Awaited awaited = this.jobs.get(job);
			return awaited != null && awaited.owner() != null && !awaited.owner().equals(caller);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns the places of the client that has most of them; of several clients, of the
	 * one that came first.
	 */
	private Deque<Place> largest() {
		Deque<Place> largest = new ArrayDeque<>(0);
		for (Deque<Place> each : this.clients.values()) {
			largest = (each.size() > largest.size()) ? each : largest;
		}
		return largest;
	}

	private void remove(Place place) {
		Deque<Place> own = this.clients.get(place.client);
		if (own == null || !own.remove(place)) {
			return;
		}
		if (own.isEmpty()) {
			this.clients.remove(place.client);
		}
		this.places--;
		this.jobs.computeIfPresent(place.job, (job, awaited) -> awaited.less());
	}

	/** The place of one stream for one job. */
	static final class Place {

		private final JobId job;

		private final Object client;

		private final Runnable retire;

		private Place(JobId job, Object client, Runnable retire) {
			this.job = job;
			this.client = client;
			this.retire = retire;
		}

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
