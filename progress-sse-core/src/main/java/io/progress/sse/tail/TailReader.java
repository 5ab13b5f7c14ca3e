package io.progress.sse.tail;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import io.progress.sse.event.JobId;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.support.Backoff;

/**
 * Reads the stored events of one job, one page at a time. Used only by the tasks of its
 * tail, to which it passes the answers.
 */
final class TailReader {

	private static final int PAGE_SIZE = 256;

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final Disposable.Swap current = Disposables.swap();

	private final ProgressEventStore store;

	private final JobId job;

	private final Scheduler scheduler;

	private final TailTasks tasks;

	private final Backoff backoff;

	private final Runnable onFailure;

	private State state = State.IDLE;

	/**
	 * Creates a reader.
	 * @param backoff the pauses of {@link #rest}
	 * @param onFailure called when a read has failed; it must let the reader
	 * {@link #rest}
	 */
	TailReader(ProgressEventStore store, JobId job, Scheduler scheduler, TailTasks tasks, Backoff backoff,
			Runnable onFailure) {
		this.store = store;
		this.job = job;
		this.scheduler = scheduler;
		this.tasks = tasks;
		this.backoff = backoff;
		this.onFailure = onFailure;
	}

	/**
	 * Whether a read may begin now.
	 */
	boolean isIdle() {
		return this.state == State.IDLE;
	}

	boolean isReading() {
		return this.state == State.READING;
	}

	/**
	 * Reads the page after an event.
	 * @param after the event; {@code null} for the first page
	 * @param then gets the page; {@code null} if the job is unknown
	 */
	void read(@Nullable EventId after, Consumer<@Nullable EventPage> then) {
		this.state = State.READING;
		this.current.update(Mono.defer(() -> this.store.read(this.job, after, PAGE_SIZE))
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.timeout(TIMEOUT, this.scheduler)
			.subscribe((page) -> this.tasks.post(() -> {
				this.state = State.IDLE;
				then.accept(page.orElse(null));
			}), (ex) -> this.tasks.post(this.onFailure)));
	}

	/**
	 * Looks for an event among all stored events, because the writer may have restored it
	 * under another id.
	 * @param then gets the newest event that is equal; {@code null} if there is none
	 */
	void find(ProgressEvent sought, Consumer<@Nullable StoredEvent> then) {
		find(sought, null, null, then);
	}

	private void find(ProgressEvent sought, @Nullable EventId after, @Nullable StoredEvent found,
			Consumer<@Nullable StoredEvent> then) {
		read(after, (page) -> {
			StoredEvent last = null;
			StoredEvent newest = found;
			for (StoredEvent each : (page != null) ? page.events() : List.<StoredEvent>of()) {
				last = each;
				newest = each.event().equals(sought) ? each : newest;
			}
			if (page == null || last == null || last.id().equals(page.latest().id())) {
				then.accept(newest);
			}
			else {
				find(sought, last.id(), newest, then);
			}
		});
	}

	/**
	 * Makes a pause, longer each time, before the next read.
	 * @param then runs after the pause
	 */
	void rest(Runnable then) {
		this.state = State.RESTING;
		this.current.update(this.tasks.post(() -> {
			this.state = State.IDLE;
			then.run();
		}, this.backoff.nextMillis()));
	}

	/**
	 * Makes the next pause short again.
	 */
	void succeeded() {
		this.backoff.reset();
	}

	void dispose() {
		this.current.dispose();
	}

	private enum State {

		IDLE, READING, RESTING

	}

}
