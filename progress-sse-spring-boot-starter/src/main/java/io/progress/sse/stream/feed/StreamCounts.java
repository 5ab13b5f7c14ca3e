package io.progress.sse.stream.feed;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.stream.StreamLimit;
import io.progress.sse.stream.StreamSettings;
import io.progress.sse.stream.ViewerKind;

/**
 * Counts streams: all of them, those of each principal and those of each job.
 */
public final class StreamCounts {

	private final StreamSettings.Limits limits;

	private final AtomicInteger streams = new AtomicInteger();

	private final Map<ViewerKind, AtomicInteger> viewers = new EnumMap<>(ViewerKind.class);

	private final Map<String, Integer> perPrincipal = new ConcurrentHashMap<>();

	private final Map<JobId, Integer> perJob = new ConcurrentHashMap<>();

	/**
	 * Creates the counts, all zero.
	 * @param limits the limits
	 */
	public StreamCounts(StreamSettings.Limits limits) {
		this.limits = limits;
		for (ViewerKind kind : ViewerKind.values()) {
			this.viewers.put(kind, new AtomicInteger());
		}
	}

	/**
	 * Returns the number of streams.
	 * @return the number
	 */
	public int streams() {
		return this.streams.get();
	}

	/**
	 * Returns the counter of the viewers of a kind, which counts those that have begun to
	 * follow jobs.
	 * @param kind the kind
	 * @return the counter
	 */
	public AtomicInteger viewers(ViewerKind kind) {
		return Objects.requireNonNull(this.viewers.get(kind));
	}

	/**
	 * Returns the limit that one more stream would exceed.
	 * @param principal the name of the caller; {@code null} if it is not known
	 * @param jobs the jobs of the stream
	 * @return the limit; {@code null} if there is room
	 */
	public @Nullable StreamLimit exceededBy(@Nullable String principal, List<JobId> jobs) {
		if (this.streams.get() >= this.limits.total()) {
			return StreamLimit.NODE;
		}
		if (principal != null && this.perPrincipal.getOrDefault(principal, 0) >= this.limits.perPrincipal()) {
			return StreamLimit.PRINCIPAL;
		}
		boolean full = jobs.stream().anyMatch((job) -> this.perJob.getOrDefault(job, 0) >= this.limits.perJob());
		return full ? StreamLimit.JOB : null;
	}

	/**
	 * Counts one more stream.
	 * @param principal the name of the caller; {@code null} if it is not known
	 */
	public void add(@Nullable String principal) {
		this.streams.incrementAndGet();
		if (principal != null) {
			this.perPrincipal.merge(principal, 1, Integer::sum);
		}
	}

	/**
	 * Counts one stream less.
	 * @param principal the name of the caller; {@code null} if it is not known
	 */
	public void remove(@Nullable String principal) {
		this.streams.decrementAndGet();
		if (principal != null) {
			this.perPrincipal.computeIfPresent(principal, StreamCounts::less);
		}
	}

	/**
	 * Counts a viewer that sees the job's events. A viewer that waits for the job, or may
	 * not see it, is not counted.
	 * @return {@code false} if the job's limit is reached
	 */
	boolean enter(JobId job) {
		int viewers = this.perJob.merge(job, 1, Integer::sum);
		if (viewers > this.limits.perJob()) {
			leave(job);
			return false;
		}
		return true;
	}

	void leave(JobId job) {
		this.perJob.computeIfPresent(job, StreamCounts::less);
	}

	private static @Nullable Integer less(Object key, Integer count) {
		return (count > 1) ? count - 1 : null;
	}

}
