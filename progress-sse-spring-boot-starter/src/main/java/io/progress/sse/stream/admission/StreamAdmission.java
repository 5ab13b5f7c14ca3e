package io.progress.sse.stream.admission;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.JobIndex;
import io.progress.sse.store.JobPage;
import io.progress.sse.store.JobQuery;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.stream.Cursor;
import io.progress.sse.stream.CursorText;
import io.progress.sse.stream.OwnedCursor;
import io.progress.sse.stream.OwnedJobs;
import io.progress.sse.stream.StreamLimit;
import io.progress.sse.stream.StreamRequest;
import io.progress.sse.stream.feed.FeedContext;
import io.progress.sse.stream.feed.FoundJobs;
import io.progress.sse.stream.feed.HttpViewer;
import io.progress.sse.stream.feed.OwnedJobsViewer;
import io.progress.sse.stream.feed.ResumePoint;

/**
 * Answers requests for streams.
 * <ol>
 * <li>The cursor is compared with the state of each job in the store. From here on, a job
 * that the client may not see counts as unknown.</li>
 * <li>A client that has seen all events gets status 204.</li>
 * <li>A client whose cursor is stale gets status 410, unless it accepts a reset.</li>
 * <li>A client that would have to wait for a job is refused if it may not wait. A client
 * that has seen events of a removed job does not wait and gets status 410.</li>
 * <li>All others get their stream, within the limits.</li>
 * </ol>
 * While the store is unreachable, all clients are asked to reconnect later.
 */
final class StreamAdmission {

	/** How long to wait for the store; longer than the stores' own time-outs. */
	private static final Duration PATIENCE = Duration.ofSeconds(3);

	private static final Duration PROBE_PAUSE = Duration.ofMillis(100);

	private static final int PROBES = 10;

	/** The principals whose streams are being probed. */
	private final Set<String> probed = ConcurrentHashMap.newKeySet();

	private final ProgressEventStore store;

	private final FeedContext context;

	StreamAdmission(ProgressEventStore store, FeedContext context) {
		this.store = store;
		this.context = context;
	}

	Mono<StreamAnswer> decide(StreamRequest request) {
		return (request.owned() != null) ? decide(request, request.owned()) : decideJobs(request);
	}

	private Mono<StreamAnswer> decide(StreamRequest request, OwnedJobs jobs) {
		boolean returns = request.cursor() != null && OwnedCursor.parse(request.cursor()).isPresent();
		return this.context.owned()
			.begin(jobs, request.cursor(), request.access())
			.delayUntil((found) -> vacancy(request.principal()))
			.map((found) -> decide(request, jobs, found, returns))
			.onErrorResume((ex) -> Mono.fromSupplier(() -> refuse(StreamLimit.STORE, returns)));
	}

	private StreamAnswer decide(StreamRequest request, OwnedJobs jobs, FoundJobs found, boolean returns) {
		StreamLimit limit = exceeded(request.principal(), List.of());
		if (limit != null) {
			return refuse(limit, returns || (request.browser() && limit == StreamLimit.PRINCIPAL));
		}
		if (found.more()) {
			this.context.meters().leftOut(1);
		}
		if (found.reset()) {
			this.context.meters().stale();
		}
		else if (returns) {
			this.context.meters().resumed();
		}
		return new GrantedStream(this.context.counts(), request.principal(),
				(buffers, connection) -> new OwnedJobsViewer(this.context, request, jobs, found, buffers, connection));
	}

	private Mono<StreamAnswer> decideJobs(StreamRequest request) {
		List<JobId> jobs = request.jobs();
		List<Cursor> cursors = CursorText.parse(request.cursor(), jobs.size(), request.manyJobs());
		return look(jobs, cursors, request.access()).delayUntil((points) -> vacancy(request.principal()))
			.map((points) -> decide(request, points))
			.onErrorResume((ex) -> Mono
				.fromSupplier(() -> refuse(StreamLimit.STORE, cursors.stream().anyMatch(Cursor::isReturn))));
	}

	/**
	 * Whether a client would get a stream of a job, even if it then only waits for the
	 * job.
	 */
	Mono<Boolean> admits(JobId job, Function<JobInfo, Mono<Boolean>> access) {
		return look(job, new Cursor.Beginning(), access)
			.map((point) -> !point.mustWait() || this.context.waitingRoom().isOpen());
	}

	/**
	 * Returns the position of a cursor in a job, for a client that may see every job.
	 */
	Mono<ResumePoint> look(JobId job, Cursor cursor) {
		EventId after = (cursor instanceof Cursor.After position) ? position.id() : null;
		return page(job, after).map((page) -> ResumePoint.of(job, cursor, page))
			.defaultIfEmpty(ResumePoint.of(job, cursor, null));
	}

	/**
	 * Reads the state of a job at the position of an event. It has a time-out, because
	 * the number of requests that wait for it has no limit.
	 */
	Mono<EventPage> page(JobId job, @Nullable EventId after) {
		return Mono.defer(() -> this.store.read(job, after, 0)).timeout(PATIENCE);
	}

	Mono<JobPage> jobs(JobQuery query) {
		return Mono.defer(() -> (this.store instanceof JobIndex index) ? index.jobs(query).timeout(PATIENCE)
				: Mono.<JobPage>empty());
	}

	/**
	 * Returns the position of each cursor. Most streams have one job, and a stream keeps
	 * its operators in memory while it is open; so the operators for one job do without a
	 * queue.
	 */
	private Mono<List<ResumePoint>> look(List<JobId> jobs, List<Cursor> cursors,
			Function<JobInfo, Mono<Boolean>> access) {
		return (jobs.size() == 1) ? look(jobs.get(0), cursors.get(0), access).map(List::of)
				: Flux.fromStream(() -> IntStream.range(0, jobs.size()).boxed())
					.flatMapSequential((i) -> look(jobs.get(i), cursors.get(i), access), jobs.size())
					.collectList();
	}

	private Mono<ResumePoint> look(JobId job, Cursor cursor, Function<JobInfo, Mono<Boolean>> access) {
		return look(job, cursor).flatMap((point) -> (point.page() == null) ? Mono.just(point)
				: access.apply(point.page().job())
					.defaultIfEmpty(false)
					.map((permitted) -> permitted ? point : point.hidden()));
	}

	private StreamAnswer decide(StreamRequest request, List<ResumePoint> points) {
		if (points.stream().allMatch(ResumePoint::isOver)) {
			return new StreamAnswer.Over();
		}
		for (ResumePoint each : points) {
			if (each.page() != null && each.isStale() && !request.resetWhenStale()) {
				this.context.meters().stale();
				return new StreamAnswer.Stale(each.job(), each.page().earliest(), each.page().latest().id());
			}
			if ((each.mustWait() || each.isGone()) && !(request.mayWait() && this.context.waitingRoom().isOpen())) {
				return new StreamAnswer.Unknown();
			}
		}
		boolean returns = request.isReturn() || points.stream().anyMatch((each) -> each.cursor().isReturn());
		StreamLimit limit = exceeded(request.principal(), visible(points));
		if (limit != null) {
			boolean browser = request.browser() && limit == StreamLimit.PRINCIPAL;
			return refuse(limit, returns || browser);
		}
		if (returns && points.stream().noneMatch(ResumePoint::isStale)) {
			this.context.meters().resumed();
		}
		return new GrantedStream(this.context.counts(), request.principal(),
				(buffers, connection) -> new HttpViewer(this.context, request, points, buffers, connection));
	}

	/**
	 * Checks the limits for one more stream, of any job; empty if there is room.
	 */
	Mono<StreamAnswer.Refused> refusal(@Nullable String principal) {
		return vacancy(principal)
			.then(Mono.fromSupplier(() -> exceeded(principal, List.of())).map((limit) -> refuse(limit, false)));
	}

	private @Nullable StreamLimit exceeded(@Nullable String principal, List<JobId> jobs) {
		return this.context.loops().isClosing() ? StreamLimit.SHUTDOWN
				: this.context.counts().exceededBy(principal, jobs);
	}

	/**
	 * Completes as soon as the principal has room for one more stream, at the latest
	 * after a second. A page that was reloaded leaves streams behind, and a servlet
	 * container notices this only when it has written to them twice.
	 */
	private Mono<Void> vacancy(@Nullable String principal) {
		if (principal == null || !isFull(principal)) {
			return Mono.empty();
		}
		boolean first = this.probed.add(principal);
		return Flux.interval(Duration.ZERO, PROBE_PAUSE, this.context.loops().scheduler())
			.take(PROBES)
			.takeWhile((i) -> isFull(principal))
			.doOnNext((i) -> {
				if (first) {
					this.context.loops().probe(principal);
				}
			})
			.doFinally((signal) -> {
				if (first) {
					this.probed.remove(principal);
				}
			})
			.then();
	}

	private boolean isFull(String principal) {
		return this.context.counts().exceededBy(principal, List.of()) == StreamLimit.PRINCIPAL;
	}

	private static List<JobId> visible(List<ResumePoint> points) {
		return points.stream().filter((each) -> each.page() != null).map(ResumePoint::job).toList();
	}

	/**
	 * Refuses a stream. Browsers never retry after an error status, so the refusal is
	 * soft (status 200 and a retry time) for a client that had its stream before, for a
	 * browser whose user may close another page soon, and for temporary reasons.
	 * @param soft whether one of the first two is the case
	 */
	private StreamAnswer.Refused refuse(StreamLimit limit, boolean soft) {
		this.context.meters().refused(limit);
		Duration retry = Duration.ofMillis(ThreadLocalRandom.current().nextInt(5_000, 15_000));
		boolean passes = limit == StreamLimit.SHUTDOWN || limit == StreamLimit.STORE;
		return new StreamAnswer.Refused(limit, retry, soft || passes);
	}

}
