package io.progress.sse.stream.feed;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.JobCursor;
import io.progress.sse.store.JobIndex;
import io.progress.sse.store.JobNotice;
import io.progress.sse.store.JobPage;
import io.progress.sse.store.JobQuery;
import io.progress.sse.store.ListedJob;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.stream.Cursor;
import io.progress.sse.stream.CursorText;
import io.progress.sse.stream.OwnedCursor;
import io.progress.sse.stream.OwnedJobs;

/**
 * Finds the jobs for a stream of all jobs of an owner: those that run, and those that the
 * client does not know yet, even if they have ended meanwhile.
 */
public final class OwnedJobFinder {

	/** How long all answers of the store may take together. */
	private static final Duration PATIENCE = Duration.ofSeconds(3);

	private static final Set<JobState> RUNNING = Arrays.stream(JobState.values())
		.filter(Predicate.not(JobState::isTerminal))
		.collect(Collectors.toUnmodifiableSet());

	/** How many of the newest jobs are read at a time. */
	private static final int PAGE = 20;

	/** How many of the newest jobs are searched for those that a cursor names. */
	private static final int NEWEST = 2_000;

	/** For how many jobs the policy is asked at the same time. */
	private static final int QUESTIONS = 16;

	private final @Nullable JobIndex index;

	private final ProgressEventStore store;

	private final int limit;

	/**
	 * Creates the finder.
	 * @param store the store of the jobs
	 * @param limit how many running jobs one stream follows
	 */
	public OwnedJobFinder(ProgressEventStore store, int limit) {
		this.index = (store instanceof JobIndex lists) ? lists : null;
		this.store = store;
		this.limit = limit;
	}

	/**
	 * Whether the store can list jobs.
	 * @return {@code false} if it keeps no index
	 */
	public boolean isPossible() {
		return this.index != null;
	}

	int limit() {
		return this.limit;
	}

	/**
	 * Returns the jobs that a stream begins with.
	 * @param jobs the jobs of the stream
	 * @param cursor the client's cursor; {@code null} if it sent none
	 * @param access whether a job may be watched
	 * @return the jobs; an error if the store is unreachable
	 */
	public Mono<FoundJobs> begin(OwnedJobs jobs, @Nullable String cursor, Function<JobInfo, Mono<Boolean>> access) {
		if (cursor == null || cursor.isEmpty() || cursor.equals(CursorText.BEGINNING) || cursor.equals("latest")) {
			return anew(jobs, new Cursor.Latest(), access);
		}
		if (cursor.equals("now")) {
			return anew(jobs, new Cursor.Now(), access);
		}
		Optional<OwnedCursor> known = OwnedCursor.parse(cursor);
		return known.isPresent() ? new Search(jobs, known.get(), Map.of(), new Cursor.Latest(), access).all()
				: anew(jobs, new Cursor.Latest(), access).map(FoundJobs::asReset);
	}

	/**
	 * Returns the jobs that a stream does not follow yet.
	 * @param jobs the jobs of the stream
	 * @param since the latest creation of a job that counts as old
	 * @param known the jobs that it follows, or has sent to their end, with the time of
	 * their creation
	 * @param access whether a job may be watched
	 */
	Mono<FoundJobs> missed(OwnedJobs jobs, long since, Map<JobId, Long> known,
			Function<JobInfo, Mono<Boolean>> access) {
		return new Search(jobs, new OwnedCursor(since, Map.of()), known, new Cursor.Latest(), access).all();
	}

	/**
	 * Returns the beginning of a job that has just appeared; empty if it may not be
	 * watched, or does not exist any longer.
	 */
	Mono<ResumePoint> appeared(OwnedJobs jobs, JobId job, Function<JobInfo, Mono<Boolean>> access) {
		return Mono.defer(() -> this.store.read(job, null, 0))
			.filter((page) -> jobs.contains(page.job()))
			.filterWhen((page) -> access.apply(page.job()))
			.map((page) -> ResumePoint.of(job, new Cursor.Beginning(), page))
			.timeout(PATIENCE);
	}

	Flux<JobNotice> notices(OwnedJobs jobs) {
		return Flux.defer(() -> index().jobNotices(jobs.owner()));
	}

	private Mono<FoundJobs> anew(OwnedJobs jobs, Cursor place, Function<JobInfo, Mono<Boolean>> access) {
		return walk(JobQuery.of(jobs.owner(), 1)).next()
			.map(OwnedJobFinder::createdAt)
			.defaultIfEmpty(0L)
			.flatMap((newest) -> new Search(jobs, new OwnedCursor(newest, Map.of()), Map.of(), place, access).running())
			.timeout(PATIENCE);
	}

	private JobIndex index() {
		return Objects.requireNonNull(this.index, "The store keeps no index of jobs");
	}

	private Flux<ListedJob> walk(JobQuery query) {
		return Mono.defer(() -> index().jobs(query))
			.expand((page) -> (page.next() != null) ? index().jobs(query.from(page.next())) : Mono.<JobPage>empty())
			.concatMapIterable(JobPage::jobs, 1);
	}

	private static long createdAt(ListedJob job) {
		return JobCursor.of(job.job()).createdAt();
	}

	/** A search for one stream. */
	private final class Search {

		private final OwnedJobs jobs;

		private final OwnedCursor cursor;

		private final Map<JobId, Long> known;

		private final Cursor unseen;

		private final Function<JobInfo, Mono<Boolean>> access;

		/** The jobs of the cursor that have not been found yet. */
		private final Set<String> wanted;

		private final Map<JobId, ListedJob> found = new LinkedHashMap<>();

		private final Map<JobId, Cursor> places = new HashMap<>();

		private long newest;

		private int ended;

		private boolean more;

		private Search(OwnedJobs jobs, OwnedCursor cursor, Map<JobId, Long> known, Cursor unseen,
				Function<JobInfo, Mono<Boolean>> access) {
			this.jobs = jobs;
			this.cursor = cursor;
			this.known = known;
			this.unseen = unseen;
			this.access = access;
			this.wanted = new HashSet<>(cursor.places().keySet());
		}

		Mono<FoundJobs> running() {
			return collectRunning().then(points());
		}

		Mono<FoundJobs> all() {
			return collectRunning().then(Mono.defer(this::collectNewer)).then(points()).timeout(PATIENCE);
		}

		private Mono<Void> collectRunning() {
			int most = OwnedJobFinder.this.limit;
			JobQuery query = new JobQuery(this.jobs.owner(), null, RUNNING, null,
					Math.min(Math.max(PAGE, most + 1), JobQuery.MAX_LIMIT), null);
			return permitted(walk(query).take(NEWEST)).take(most + 1L).collectList().doOnNext((running) -> {
				this.more = running.size() > most;
				running.stream().limit(most).forEach(this::take);
			}).then();
		}

		/** Reads the newest jobs, back to the oldest that the client may not know. */
		private Mono<Void> collectNewer() {
			return walk(JobQuery.of(this.jobs.owner(), PAGE)).take(NEWEST)
				.doOnNext((job) -> this.newest = Math.max(this.newest, createdAt(job)))
				.takeWhile((job) -> isNew(job) || !this.wanted.isEmpty())
				.filter((job) -> this.wanted.remove(OwnedCursor.reference(job.job().id())) || isNew(job))
				.transform(this::permitted)
				.collectList()
				.doOnNext((newer) -> newer.forEach(this::take))
				.then();
		}

		/**
		 * Leaves out jobs that the client may not see, so that they count for no limit.
		 */
		private Flux<ListedJob> permitted(Flux<ListedJob> listed) {
			return listed.filter((job) -> this.jobs.contains(job.job()))
				.flatMapSequential((job) -> Mono.just(job).filterWhen(this::isPermitted), QUESTIONS);
		}

		private Mono<Boolean> isPermitted(ListedJob job) {
			boolean asked = isKnown(job) || this.found.containsKey(job.job().id());
			return asked ? Mono.just(true) : this.access.apply(job.job());
		}

		private boolean isKnown(ListedJob job) {
			return Objects.equals(this.known.get(job.job().id()), createdAt(job));
		}

		private boolean isNew(ListedJob job) {
			return createdAt(job) > this.cursor.since();
		}

		private void take(ListedJob job) {
			JobId id = job.job().id();
			if (isKnown(job) || this.found.containsKey(id)) {
				return;
			}
			String reference = OwnedCursor.reference(id);
			this.wanted.remove(reference);
			Cursor seen = this.cursor.places().get(reference);
			boolean ended = job.latest().event().isTerminal();
			if (ended && seen == null && this.ended++ >= OwnedCursor.MAX_JOBS) {
				return;
			}
			Cursor unseen = ended ? new Cursor.Latest() : this.unseen;
			this.found.put(id, job);
			this.places.put(id, (seen instanceof Cursor.After) ? seen : unseen);
		}

		private Mono<FoundJobs> points() {
			return Flux.defer(() -> Flux.fromIterable(List.copyOf(this.found.values())))
				.flatMapSequential(this::point, QUESTIONS)
				.collectList()
				.map(this::collected);
		}

		private Mono<ResumePoint> point(ListedJob job) {
			JobId id = job.job().id();
			Cursor place = Objects.requireNonNull(this.places.get(id));
			Mono<EventPage> page = (place instanceof Cursor.After after)
					? OwnedJobFinder.this.store.read(id, after.id(), 0) : Mono.just(page(job));
			return page.map((known) -> ResumePoint.of(id, place, known));
		}

		private EventPage page(ListedJob job) {
			return new EventPage(job.job(), false, List.of(), job.latest().id(), job.latest(), job.lease());
		}

		private FoundJobs collected(List<ResumePoint> points) {
			List<ResumePoint> told = points.stream().filter(ResumePoint::isOver).toList();
			List<ResumePoint> ahead = points.stream().filter(Predicate.not(ResumePoint::isOver)).toList();
			long since = Math.max(this.cursor.since(), this.newest - OwnedPlaces.SLACK);
			return new FoundJobs(ahead, told, since, this.more, false);
		}

	}

}
