package io.progress.sse.store.memory;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.FluxSink.OverflowStrategy;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.AppendResult.Status;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.JobCursor;
import io.progress.sse.store.JobIndex;
import io.progress.sse.store.JobNotice;
import io.progress.sse.store.JobPage;
import io.progress.sse.store.JobQuery;
import io.progress.sse.store.ListedJob;
import io.progress.sse.store.LosslessProgressEventStore;
import io.progress.sse.store.StoreFullException;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.store.StoredEvent;
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

	/** So many jobs are looked at for a page. */
	private static final int MAX_LOOKED_AT = 2_000;

	private final Clock clock;

	private final LongSupplier age;

	private final LongAdder droppedMilestones = new LongAdder();

	private final JobLimits limits;

	private final int maxJobs;

	private final long eventRetention;

	private final long resultRetention;

	private final SlotTable slots = new SlotTable();

	private final AtomicInteger jobs = new AtomicInteger();

	private final EndedJobs ended = new EndedJobs();

	private final LongAdder evictions = new LongAdder();

	private final JobLists lists;

	private final JobNews news = new JobNews();

	/**
	 * The highest {@code ms} of all removed jobs. New ids are above it, so no id is given
	 * twice.
	 */
	private final AtomicLong goneMs = new AtomicLong(-1);

	private InMemoryProgressEventStore(Builder builder) {
		this.clock = builder.clock;
		this.age = SteadyTime.of(builder.clock);
		this.limits = new JobLimits(builder.eventsPerJob, builder.milestonesPerJob, this.droppedMilestones);
		this.maxJobs = builder.maxJobs;
		this.lists = new JobLists(builder.jobsPerOwner);
		this.eventRetention = builder.eventRetention.toMillis();
		this.resultRetention = builder.resultRetention.toMillis();
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
		sweep();
		return this.jobs.get();
	}

	/**
	 * Returns how many ended jobs were removed early to make room for new ones.
	 * @return the number since the store was made
	 */
	public long evictions() {
		return this.evictions.sum();
	}

	/**
	 * Returns how many milestones of running jobs were removed to make room for newer
	 * ones.
	 * @return the number since the store was made
	 */
	public long droppedMilestones() {
		return this.droppedMilestones.sum();
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
		return Mono.fromSupplier(() -> tell(store(batch)));
	}

	@Override
	public Mono<EventPage> read(JobId job, @Nullable EventId after, int limit) {
		return Mono.fromSupplier(() -> page(job, after, limit));
	}

	@Override
	public Flux<StoreNotice> listen(JobId job) {
		return Flux.push((sink) -> listen(job, sink), OverflowStrategy.IGNORE);
	}

	@Override
	public Mono<Boolean> delete(JobId job) {
		return Mono.fromSupplier(() -> erase(job));
	}

	@Override
	public Mono<JobPage> jobs(JobQuery query) {
		return Mono.fromSupplier(() -> list(query));
	}

	@Override
	public Flux<JobNotice> jobNotices(@Nullable String owner) {
		return Flux.push((sink) -> this.news.listen(owner, sink), OverflowStrategy.IGNORE);
	}

	/** Under no lock: those who are told may ask the store. */
	private AppendResult tell(Stored stored) {
		if (stored.appeared() != null) {
			this.news.tell(stored.appeared(), new JobNotice.Appeared(stored.appeared()));
		}
		if (stored.ended() != null) {
			this.news.tell(stored.ended(), new JobNotice.Ended(stored.ended().id()));
		}
		return stored.result();
	}

	private Stored store(EventBatch batch) {
		Stored stored = locked(batch.job().id(), (slot) -> {
			if (slot.job != null) {
				return store(batch, slot, slot.job);
			}
			return (StoredJob.judgeFirst(batch) != Status.STORED)
					? new Stored(new AppendResult(Status.MISSING, null, 0, slot.isWatched()), null, null) : null;
		});
		return (stored != null) ? stored : create(batch);
	}

	private Stored create(EventBatch batch) {
		makeRoom();
		return locked(batch.job().id(), (slot) -> {
			StoredJob held = slot.job;
			try {
				return store(batch, slot,
						(held != null) ? held : new StoredJob(batch, this.limits, this.goneMs.get() + 1));
			}
			finally {
				if (held != null || slot.job == null) {
					this.jobs.decrementAndGet();
				}
			}
		});
	}

	private Stored store(EventBatch batch, JobSlot slot, StoredJob held) {
		Status status = held.judge(batch);
		StoredJob job = (status == Status.STORED && held.isReplacedBy(batch))
				? new StoredJob(batch, this.limits, held.ms() + 1) : held;
		boolean appears = false;
		boolean ends = false;
		if (status == Status.STORED) {
			EventId before = job.latest();
			List<StoredEvent> events = job.store(batch, this.clock.millis());
			if (job != held) {
				this.ended.remove(held);
				this.lists.remove(held);
			}
			slot.job = job;
			appears = !job.isListed();
			if (appears) {
				this.lists.add(job);
				job.setListed();
			}
			ends = job.hasEnded() && job.endOrder() < 0;
			if (ends) {
				this.lists.end(job);
				this.ended.add(batch.job().id(), job, this.age.getAsLong());
			}
			slot.tell(events, before);
		}
		return new Stored(new AppendResult(status, job.latest(), job.known(batch.writer()), slot.isWatched()),
				appears ? job.info() : null, ends ? job.info() : null);
	}

	private JobPage list(JobQuery query) {
		sweep();
		JobCursor last = (query.cursor() != null) ? JobCursor.parse(query.cursor()) : null;
		List<ListedJob> found = new ArrayList<>();
		int lookedAt = 0;
		for (Map.Entry<JobCursor, StoredJob> each : this.lists.candidates(query, last).entrySet()) {
			if (lookedAt++ == MAX_LOOKED_AT) {
				return new JobPage(found, String.valueOf(last));
			}
			ListedJob listed = query.selects(each.getValue().info()) ? listed(each.getValue()) : null;
			if (listed != null && query.selects(listed.job(), listed.latest().event())) {
				if (found.size() == query.limit()) {
					return new JobPage(found, String.valueOf(last));
				}
				found.add(listed);
			}
			last = each.getKey();
		}
		return new JobPage(found, null);
	}

	private @Nullable ListedJob listed(StoredJob job) {
		return locked(job.info().id(), (slot) -> (slot.job == job) ? job.asListed() : null);
	}

	private @Nullable EventPage page(JobId id, @Nullable EventId after, int limit) {
		if (limit < 0) {
			throw new IllegalArgumentException("'limit' must be at least 0, but is " + limit);
		}
		if (!this.slots.contains(id)) {
			return null;
		}
		return locked(id, (slot) -> (slot.job != null) ? slot.job.page(after, limit) : null);
	}

	private void listen(JobId id, FluxSink<StoreNotice> sink) {
		run(id, (slot) -> slot.add(sink));
		sink.onDispose(() -> run(id, (slot) -> slot.remove(sink)));
	}

	private boolean erase(JobId id) {
		StoredJob deleted = locked(id, (slot) -> {
			StoredJob job = slot.job;
			if (job != null) {
				remove(slot, job);
			}
			return job;
		});
		if (deleted != null && !deleted.hasEnded()) {
			this.news.tell(deleted.info(), new JobNotice.Ended(id));
		}
		return deleted != null;
	}

	private boolean forget(EndedJobs.Ended ended) {
		return locked(ended.id(), (slot) -> {
			if (slot.job == ended.job()) {
				remove(slot, ended.job());
				return true;
			}
			return false;
		});
	}

	private void remove(JobSlot slot, StoredJob job) {
		slot.job = null;
		this.ended.remove(job);
		this.lists.remove(job);
		this.goneMs.accumulateAndGet(job.ms(), Math::max);
		this.jobs.decrementAndGet();
		slot.tell(new StoreNotice.Ready());
	}

	/**
	 * Reserves room for a new job. Locks other jobs, so it must not be called under a
	 * job's lock.
	 */
	private void makeRoom() {
		sweep();
		while (true) {
			int held = this.jobs.get();
			if (held < this.maxJobs) {
				if (this.jobs.compareAndSet(held, held + 1)) {
					return;
				}
			}
			else {
				evict();
			}
		}
	}

	private void evict() {
		EndedJobs.Ended oldest = this.ended.pollOldest();
		if (oldest == null) {
			throw new StoreFullException("'maxJobs' must be more than the number of jobs that have not ended, but is "
					+ this.maxJobs + "; a new job was not stored");
		}
		if (forget(oldest)) {
			this.evictions.increment();
		}
	}

	private void sweep() {
		long now = this.age.getAsLong();
		EndedJobs.Ended over = this.ended.pollEnded(now - this.resultRetention);
		while (over != null) {
			forget(over);
			over = this.ended.pollEnded(now - this.resultRetention);
		}
		EndedJobs.Ended old = this.ended.pollWithHistory(now - this.eventRetention);
		while (old != null) {
			run(old.id(), this::expire);
			old = this.ended.pollWithHistory(now - this.eventRetention);
		}
	}

	private void run(JobId id, Consumer<JobSlot> action) {
		locked(id, (slot) -> {
			action.accept(slot);
			return true;
		});
	}

	private <T extends @Nullable Object> T locked(JobId id, Function<JobSlot, T> action) {
		return this.slots.locked(id, (slot) -> {
			expire(slot);
			return action.apply(slot);
		});
	}

	private void expire(JobSlot slot) {
		StoredJob job = slot.job;
		if (job == null || !job.hasEnded()) {
			return;
		}
		long now = this.age.getAsLong();
		if (job.endedFor(this.resultRetention, now)) {
			remove(slot, job);
		}
		else if (job.endedFor(this.eventRetention, now)) {
			job.keepLatest();
		}
	}

	/**
	 * What became of a batch.
	 *
	 * @param result the answer
	 * @param appeared the job, if it was not there before; otherwise {@code null}
	 * @param ended the job, if it has ended now; otherwise {@code null}
	 */
	private record Stored(AppendResult result, @Nullable JobInfo appeared, @Nullable JobInfo ended) {

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
