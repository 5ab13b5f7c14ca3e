package io.progress.sse.stream;

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
import io.progress.sse.store.ProgressEventStore;

/**
 * Decides what becomes of a request for a stream.
 * <ol>
 * <li>The cursor is held against what the store knows of each job. A job that the caller
 * may not see counts as unknown from here on.</li>
 * <li>Who has seen everything is told so.</li>
 * <li>Whose cursor is not good is told so, unless a reset will do.</li>
 * <li>Who would have to wait for a job is turned away if nobody may wait. Who has seen
 * events of a job that is not there does not wait, and is told so.</li>
 * <li>Whoever is left is let in, within the limits.</li>
 * </ol>
 * While the store is out of reach, everybody has to come again.
 */
final class StreamAdmission {

	/** More than stores give themselves for a command. */
	private static final Duration PATIENCE = Duration.ofSeconds(3);

	private static final Duration PROBE_PAUSE = Duration.ofMillis(100);

	private static final int PROBES = 10;

	/** The principals whose streams are being probed. */
	private final Set<String> probed = ConcurrentHashMap.newKeySet();

	private final ProgressFeeds feeds;

	private final ProgressEventStore store;

	private final StreamCounts counts;

	StreamAdmission(ProgressFeeds feeds, ProgressEventStore store, StreamCounts counts) {
		this.feeds = feeds;
		this.store = store;
		this.counts = counts;
	}

	Mono<StreamAnswer> decide(StreamRequest request) {
		List<JobId> jobs = request.jobs();
		List<Cursor> cursors = CursorText.parse(request.cursor(), jobs.size(), request.manyJobs());
		return look(jobs, cursors, request.access()).delayUntil((standings) -> vacancy(request.principal()))
			.map((standings) -> decide(request, standings))
			.onErrorResume((ex) -> Mono
				.fromSupplier(() -> refuse(StreamAnswer.Limit.STORE, cursors.stream().anyMatch(Cursor::isReturn))));
	}

	/**
	 * Whether there is a stream of a job for somebody, be it one that waits.
	 */
	Mono<Boolean> admits(JobId job, Function<JobInfo, Mono<Boolean>> access) {
		return look(job, new Cursor.Beginning(), access)
			.map((standing) -> !standing.mustWait() || this.feeds.waitingRoom().isOpen());
	}

	/**
	 * Where a cursor stands in a job, whoever asks.
	 */
	Mono<Standing> look(JobId job, Cursor cursor) {
		EventId after = (cursor instanceof Cursor.After position) ? position.id() : null;
		return page(job, after).map((page) -> Standing.of(job, cursor, page))
			.defaultIfEmpty(Standing.of(job, cursor, null));
	}

	/**
	 * Where a job stands, seen from an event. A request must not wait for ever: nobody
	 * counts those that do.
	 */
	Mono<EventPage> page(JobId job, @Nullable EventId after) {
		return Mono.defer(() -> this.store.read(job, after, 0)).timeout(PATIENCE);
	}

	/**
	 * Most streams are of one job, and hold whatever has led to them for as long as they
	 * are open: no queue for them.
	 */
	private Mono<List<Standing>> look(List<JobId> jobs, List<Cursor> cursors, Function<JobInfo, Mono<Boolean>> access) {
		return (jobs.size() == 1) ? look(jobs.get(0), cursors.get(0), access).map(List::of)
				: Flux.fromStream(() -> IntStream.range(0, jobs.size()).boxed())
					.flatMapSequential((i) -> look(jobs.get(i), cursors.get(i), access), jobs.size())
					.collectList();
	}

	private Mono<Standing> look(JobId job, Cursor cursor, Function<JobInfo, Mono<Boolean>> access) {
		return look(job, cursor).flatMap((standing) -> (standing.page() == null) ? Mono.just(standing)
				: access.apply(standing.page().job())
					.defaultIfEmpty(false)
					.map((permitted) -> permitted ? standing : standing.hidden()));
	}

	private StreamAnswer decide(StreamRequest request, List<Standing> standings) {
		if (standings.stream().allMatch(Standing::isOver)) {
			return new StreamAnswer.Over();
		}
		for (Standing each : standings) {
			if (each.page() != null && each.isStale() && !request.resetWhenStale()) {
				this.feeds.meters().stale();
				return new StreamAnswer.Stale(each.job(), each.page().earliest(), each.page().latest().id());
			}
			if ((each.mustWait() || each.isGone()) && !(request.mayWait() && this.feeds.waitingRoom().isOpen())) {
				return new StreamAnswer.Unknown();
			}
		}
		boolean returns = request.isReturn() || standings.stream().anyMatch(Standing::isReturn);
		StreamAnswer.Limit limit = exceeded(request.principal(), visible(standings));
		if (limit != null) {
			boolean browser = request.browser() && limit == StreamAnswer.Limit.PRINCIPAL;
			return refuse(limit, returns || browser);
		}
		if (returns && standings.stream().noneMatch(Standing::isStale)) {
			this.feeds.meters().resumed();
		}
		return new StreamAnswer.Granted(
				new StreamBody(this.feeds, request, standings.stream().map(Standing::start).toList()));
	}

	/**
	 * What stands against one more stream, whatever it is of.
	 */
	Mono<StreamAnswer.Refused> refusal(@Nullable String principal) {
		return vacancy(principal)
			.then(Mono.fromSupplier(() -> exceeded(principal, List.of())).map((limit) -> refuse(limit, false)));
	}

	private StreamAnswer.@Nullable Limit exceeded(@Nullable String principal, List<JobId> jobs) {
		return this.feeds.isClosing() ? StreamAnswer.Limit.SHUTDOWN : this.counts.exceededBy(principal, jobs);
	}

	/**
	 * Completes as soon as a principal may have one more stream, at the latest after a
	 * second. A page that was reloaded has left streams behind whose end a servlet
	 * container does not notice until it writes to them twice.
	 */
	private Mono<Void> vacancy(@Nullable String principal) {
		if (principal == null || !isFull(principal)) {
			return Mono.empty();
		}
		boolean first = this.probed.add(principal);
		return Flux.interval(Duration.ZERO, PROBE_PAUSE, this.feeds.loops().scheduler())
			.take(PROBES)
			.takeWhile((i) -> isFull(principal))
			.doOnNext((i) -> {
				if (first) {
					this.feeds.probe(principal);
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
		return this.counts.exceededBy(principal, List.of()) == StreamAnswer.Limit.PRINCIPAL;
	}

	private static List<JobId> visible(List<Standing> standings) {
		return standings.stream().filter((each) -> each.page() != null).map(Standing::job).toList();
	}

	/**
	 * A browser takes an error status as final: one that has been there before does not
	 * get it, nor one whose user may close another page soon, nor any for what passes by
	 * itself.
	 */
	private StreamAnswer.Refused refuse(StreamAnswer.Limit limit, boolean soft) {
		this.feeds.meters().refused(limit);
		Duration retry = Duration.ofMillis(ThreadLocalRandom.current().nextInt(5_000, 15_000));
		boolean passes = limit == StreamAnswer.Limit.SHUTDOWN || limit == StreamAnswer.Limit.STORE;
		return new StreamAnswer.Refused(limit, retry, soft || passes);
	}

}
