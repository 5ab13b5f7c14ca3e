package io.progress.sse.stream;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;

/**
 * How many streams there are, of which principals and of which jobs.
 */
final class StreamCounts {

	private final StreamSettings.Limits limits;

	private final AtomicInteger streams = new AtomicInteger();

	private final Map<String, Integer> perPrincipal = new ConcurrentHashMap<>();

	private final Map<JobId, Integer> perJob = new ConcurrentHashMap<>();

	StreamCounts(StreamSettings.Limits limits) {
		this.limits = limits;
	}

	int streams() {
		return this.streams.get();
	}

	/**
	 * The limit that one more stream would exceed.
	 */
	StreamAnswer.@Nullable Limit exceededBy(@Nullable String principal, List<JobId> jobs) {
		if (this.streams.get() >= this.limits.streams()) {
			return StreamAnswer.Limit.NODE;
		}
		if (principal != null && this.perPrincipal.getOrDefault(principal, 0) >= this.limits.perPrincipal()) {
			return StreamAnswer.Limit.PRINCIPAL;
		}
		boolean full = jobs.stream().anyMatch((job) -> this.perJob.getOrDefault(job, 0) >= this.limits.perJob());
		return full ? StreamAnswer.Limit.JOB : null;
	}

	void add(StreamRequest request) {
		this.streams.incrementAndGet();
		if (request.principal() != null) {
			this.perPrincipal.merge(request.principal(), 1, Integer::sum);
		}
	}

	void remove(StreamRequest request) {
		this.streams.decrementAndGet();
		if (request.principal() != null) {
			this.perPrincipal.computeIfPresent(request.principal(), StreamCounts::less);
		}
	}

	/**
	 * Counts a viewer that sees the job's events. Those that wait for it, or may not see
	 * it, take no place of its viewers.
	 * @return {@code false} if the job has as many as it may have
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
