package io.progress.sse.store.memory;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink.OverflowStrategy;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobId;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.JobIndex;
import io.progress.sse.store.JobNotice;
import io.progress.sse.store.JobPage;
import io.progress.sse.store.JobQuery;
import io.progress.sse.store.LosslessProgressEventStore;
import io.progress.sse.store.StoreFullException;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.support.JobSettings;
import io.progress.sse.support.SteadyTime;

/**
 * Keeps jobs in the memory of this process, for applications of one node and for tests.
 * Memory is bounded by the number of jobs, of events per job, and of older milestones per
 * job. After a job's end its events stay for a while and its final event for longer.
 * Expiry is checked when the job is read and when another job is created, so no thread is
 * needed.
 *
 * <p>
 * When the store is full, a new job removes the one that ended longest ago; if none has
 * ended, it is refused with a {@link StoreFullException}.
 *
 * <p>
 * Notices are sent on the appending thread, in the order of the ids. A listener that
 * throws is removed and gets its own exception; a slow one delays the appends to its job
 * only.
 *
 * <p>
 * After a restart, all earlier ids are stale.
 *
 * <p>
 * All jobs are listed, except where an owner or a parent has too many: then the newest.
 */
public final class InMemoryProgressEventStore implements LosslessProgressEventStore, JobIndex {

	private final JobLimits limits;

	private final JobLists lists;

	private final JobRetention retention;

	private final StoredJobs jobs;

	private final JobNews news = new JobNews();

	private InMemoryProgressEventStore(Builder builder) {
		this.limits = new JobLimits(builder.eventsPerJob, builder.milestonesPerJob, new LongAdder());
		this.lists = new JobLists(builder.jobsPerOwner);
		this.retention = new JobRetention(builder.maxJobs, builder.eventRetention, builder.resultRetention,
				SteadyTime.of(builder.clock), this.lists);
		this.jobs = new StoredJobs(builder.clock, this.limits, this.retention, this.lists, this.news);
	}

	/**
	 * Creates a builder with defaults.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Returns how many jobs are stored, running and ended.
	 * @return at most the limit
	 */
	public int jobs() {
		return this.retention.jobs();
	}

	/**
	 * Returns how many ended jobs were removed early to make room for new ones.
	 * @return the number since the store was made
	 */
	public long evictions() {
		return this.retention.evictions();
	}

	/**
	 * Returns how many milestones of running jobs were removed to make room for newer
	 * ones.
	 * @return the number since the store was made
	 */
	public long droppedMilestones() {
		return this.limits.droppedMilestones().sum();
	}

	/**
	 * How many jobs are no longer listed, because their owner or their parent has too
	 * many newer ones.
	 * @return the number since the store was made
	 */
	public long unlistedJobs() {
		return this.lists.dropped();
	}

	@Override
	public Mono<AppendResult> append(EventBatch batch) {
		return Mono.fromSupplier(() -> this.jobs.append(batch));
	}

	@Override
	public Mono<EventPage> read(JobId job, @Nullable EventId after, int limit) {
		return Mono.fromSupplier(() -> this.jobs.page(job, after, limit));
	}

	@Override
	public Flux<StoreNotice> listen(JobId job) {
		return Flux.push((sink) -> this.jobs.listen(job, sink), OverflowStrategy.IGNORE);
	}

	@Override
	public Mono<Boolean> delete(JobId job) {
		return Mono.fromSupplier(() -> this.jobs.delete(job));
	}

	@Override
	public Mono<JobPage> jobs(JobQuery query) {
		return Mono.fromSupplier(() -> this.jobs.list(query));
	}

	@Override
	public Flux<JobNotice> jobNotices(@Nullable String owner) {
		return Flux.push((sink) -> this.news.listen(owner, sink), OverflowStrategy.IGNORE);
	}

	/**
	 * Builds an {@link InMemoryProgressEventStore}.
	 */
	public static final class Builder {

		private Clock clock = Clock.systemUTC();

		private int eventsPerJob = JobSettings.EVENTS_PER_JOB;

		private int milestonesPerJob = JobSettings.MILESTONES_PER_JOB;

		private int maxJobs = JobSettings.KEPT_JOBS;

		private int jobsPerOwner = JobSettings.JOBS_PER_OWNER;

		private Duration eventRetention = Duration.ofMinutes(JobSettings.EVENT_RETENTION_MINUTES);

		private Duration resultRetention = Duration.ofHours(JobSettings.RESULT_RETENTION_HOURS);

		private Builder() {
		}

		/**
		 * Sets the clock for the time in ids and for retentions. Retentions are correct
		 * even if it is set back.
		 * @param clock the clock; the system's by default
		 * @return this
		 */
		public Builder clock(Clock clock) {
			this.clock = clock;
			return this;
		}

		/**
		 * Sets how many of a job's newest events are kept, at least. Of older events only
		 * milestones are kept.
		 * @param eventsPerJob from 1 to a million;
		 * {@value io.progress.sse.support.JobSettings#EVENTS_PER_JOB} by default
		 * @return this
		 * @throws IllegalArgumentException if out of range
		 */
		public Builder eventsPerJob(int eventsPerJob) {
			this.eventsPerJob = JobSettings.PER_JOB.check("eventsPerJob", eventsPerJob);
			return this;
		}

		/**
		 * Sets how many milestones of a job are kept in addition to its newest events, at
		 * most; the oldest are removed first.
		 * @param milestonesPerJob from 1 to a million;
		 * {@value io.progress.sse.support.JobSettings#MILESTONES_PER_JOB} by default
		 * @return this
		 * @throws IllegalArgumentException if out of range
		 */
		public Builder milestonesPerJob(int milestonesPerJob) {
			this.milestonesPerJob = JobSettings.PER_JOB.check("milestonesPerJob", milestonesPerJob);
			return this;
		}

		/**
		 * Sets how many jobs are kept, running and ended.
		 * @param maxJobs from 1 to a billion;
		 * {@value io.progress.sse.support.JobSettings#KEPT_JOBS} by default
		 * @return this
		 * @throws IllegalArgumentException if out of range
		 */
		public Builder maxJobs(int maxJobs) {
			this.maxJobs = JobSettings.ANY_NUMBER.check("maxJobs", maxJobs);
			return this;
		}

		/**
		 * Sets how many jobs of one owner are listed, and how many children of one job.
		 * The newest are listed; the others can still be read by id.
		 * @param jobsPerOwner from 1 to a billion;
		 * {@value io.progress.sse.support.JobSettings#JOBS_PER_OWNER} by default
		 * @return this
		 * @throws IllegalArgumentException if less than 1
		 */
		public Builder jobsPerOwner(int jobsPerOwner) {
			this.jobsPerOwner = JobSettings.ANY_NUMBER.check("jobsPerOwner", jobsPerOwner);
			return this;
		}

		/**
		 * Sets how long the events of a job stay after its end; after that only the final
		 * one is kept.
		 * @param eventRetention from 0 to ten years;
		 * {@value io.progress.sse.support.JobSettings#EVENT_RETENTION_MINUTES} minutes by
		 * default
		 * @return this
		 * @throws IllegalArgumentException if out of range
		 */
		public Builder eventRetention(Duration eventRetention) {
			this.eventRetention = JobSettings.RETENTION.check("eventRetention", eventRetention);
			return this;
		}

		/**
		 * Sets how long the final event of a job stays after its end; after that the job
		 * is unknown.
		 * @param resultRetention from 0 to ten years;
		 * {@value io.progress.sse.support.JobSettings#RESULT_RETENTION_HOURS} hours by
		 * default
		 * @return this
		 * @throws IllegalArgumentException if out of range
		 */
		public Builder resultRetention(Duration resultRetention) {
			this.resultRetention = JobSettings.RETENTION.check("resultRetention", resultRetention);
			return this;
		}

		/**
		 * Builds the store.
		 * @return a new, empty store
		 */
		public InMemoryProgressEventStore build() {
			return new InMemoryProgressEventStore(this);
		}

	}

}
