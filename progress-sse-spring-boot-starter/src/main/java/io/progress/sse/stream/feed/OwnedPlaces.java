package io.progress.sse.stream.feed;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.store.EventId;
import io.progress.sse.store.JobCursor;
import io.progress.sse.stream.OwnedCursor;

/**
 * The positions of a stream of all jobs of an owner: in the jobs that it follows, and in
 * jobs that it has sent to their end and that are so new that they could be taken for
 * jobs that the client does not know. Used only on the viewer's loop.
 */
final class OwnedPlaces {

	/** How long after a newer job an older one may appear, in milliseconds. */
	static final long SLACK = 5_000;

	private final Map<JobId, Place> followed = new HashMap<>();

	private final Map<JobId, Place> told = new HashMap<>();

	private long since;

	OwnedPlaces(FoundJobs found) {
		this.since = found.since();
		found.points().forEach((point) -> this.followed.put(point.job(), place(point)));
		found.told().forEach(this::addTold);
	}

	long since() {
		return this.since;
	}

	int followed() {
		return this.followed.size();
	}

	/**
	 * Returns the jobs that are followed or were sent to their end, with the time of
	 * their creation, because an id may be used again later.
	 */
	Map<JobId, Long> known() {
		Map<JobId, Long> known = new HashMap<>();
		this.told.forEach((job, place) -> known.put(job, place.createdAt()));
		this.followed.forEach((job, place) -> known.put(job, place.createdAt()));
		return known;
	}

	/**
	 * Whether a job is followed, or was sent to its end.
	 */
	boolean knows(JobInfo job) {
		return isOf(this.followed.get(job.id()), job) || isOf(this.told.get(job.id()), job);
	}

	/**
	 * Whether an earlier job with the same id is still followed.
	 */
	boolean isBehind(JobInfo job) {
		return this.followed.containsKey(job.id()) && !knows(job);
	}

	private static boolean isOf(@Nullable Place place, JobInfo job) {
		return place != null && place.createdAt() == JobCursor.of(job).createdAt();
	}

	/**
	 * Adds a job that is followed from now on.
	 */
	void follow(ResumePoint point) {
		this.told.remove(point.job());
		this.followed.put(point.job(), place(point));
		advance(place(point).createdAt() - SLACK);
	}

	/**
	 * Adds a job that was sent to its end before.
	 */
	void addTold(ResumePoint point) {
		this.told.put(point.job(), place(point));
		trim();
	}

	/**
	 * Follows a job no longer.
	 * @param info the job as its feed knows it: perhaps a later one with the same id;
	 * {@code null} if it is not known
	 * @param after its last event; {@code null} if it has none
	 */
	void end(JobId job, @Nullable JobInfo info, @Nullable EventId after) {
		Place place = this.followed.remove(job);
		if (place != null && after != null) {
			Place told = place.behind(after, (info != null) ? JobCursor.of(info).createdAt() : place.createdAt());
			if (told.createdAt() > this.since) {
				this.told.put(job, told);
				trim();
			}
		}
	}

	void advance(long since) {
		if (since > this.since) {
			this.since = since;
			this.told.values().removeIf((place) -> place.createdAt() <= since);
		}
	}

	/**
	 * Returns the cursor of a client that has seen everything up to now.
	 * @param jobs the jobs that are followed
	 * @param id the id of each
	 * @param after the event of each that the client has seen last
	 */
	<T> String cursor(Iterable<T> jobs, Function<T, JobId> id, Function<T, @Nullable EventId> after) {
		StringBuilder text = OwnedCursor.begin(this.since);
		for (T each : jobs) {
			Place place = this.followed.get(id.apply(each));
			if (place != null) {
				OwnedCursor.add(place.reference(), after.apply(each), text);
			}
		}
		this.told.values().forEach((place) -> OwnedCursor.add(place.reference(), place.after(), text));
		return text.toString();
	}

	/** Makes the cursor short enough: the oldest jobs count as old from now on. */
	private void trim() {
		while (!this.told.isEmpty() && this.followed.size() + this.told.size() > OwnedCursor.MAX_JOBS) {
			this.told.values()
				.stream()
				.min(Comparator.comparingLong(Place::createdAt))
				.ifPresent((oldest) -> advance(oldest.createdAt()));
		}
	}

	private static Place place(ResumePoint point) {
		long createdAt = (point.page() != null) ? JobCursor.of(point.page().job()).createdAt() : 0;
		return new Place(OwnedCursor.reference(point.job()), createdAt, point.after());
	}

	private record Place(String reference, long createdAt, @Nullable EventId after) {

		Place behind(EventId event, long createdAt) {
			return new Place(this.reference, createdAt, event);
		}

	}

}
