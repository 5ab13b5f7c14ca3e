package io.progress.sse.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

import reactor.core.publisher.Mono;

import io.progress.sse.JobHandle;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.tail.TailSignal;

/**
 * A job that runs in another process, as the store knows it. It is followed in the store
 * only if the caller asks for its end.
 */
final class RemoteJob implements JobHandle {

	private static final Duration UNKNOWN = Duration.ofMinutes(1);

	private final CompletableFuture<JobState> ended = new CompletableFuture<>();

	private final AtomicBoolean followed = new AtomicBoolean();

	private final JobInfo info;

	private final EventId position;

	private final RemoteJobs nodes;

	private volatile JobState state;

	RemoteJob(EventPage page, RemoteJobs nodes) {
		this.info = page.job();
		this.position = page.latest().id();
		this.state = page.latest().event().state();
		this.nodes = nodes;
	}

	@Override
	public JobId id() {
		return this.info.id();
	}

	@Override
	public String name() {
		return this.info.name();
	}

	@Override
	public JobState state() {
		return this.state;
	}

	@Override
	public boolean cancel() {
		if (!this.nodes.canBeAsked() || this.state.isTerminal()) {
			return false;
		}
		this.nodes.cancel(id());
		return true;
	}

	@Override
	public CompletionStage<JobState> ended() {
		if (this.followed.compareAndSet(false, true)) {
			this.nodes.tail()
				.follow(id(), this.position)
				.timeout(Mono.never(), RemoteJob::patience, Mono.empty())
				.doOnNext(this::onSignal)
				.takeUntil((signal) -> this.ended.isDone())
				.onErrorComplete()
				.subscribe(null, null, () -> this.ended.complete(JobState.LOST));
		}
		return this.ended.minimalCompletionStage();
	}

	/**
	 * The store may have lost the job; then a worker that is alive writes it again.
	 */
	private static Mono<Long> patience(TailSignal signal) {
		return (signal instanceof TailSignal.Unknown) ? Mono.delay(UNKNOWN) : Mono.never();
	}

	private void onSignal(TailSignal signal) {
		if (signal instanceof TailSignal.Next next) {
			onEvent(next.event().event());
		}
		else if (signal instanceof TailSignal.CaughtUp caughtUp) {
			onEvent(caughtUp.page().latest().event());
		}
	}

	private void onEvent(ProgressEvent event) {
		this.state = event.state();
		if (event.isTerminal() || event.state() == JobState.LOST) {
			this.ended.complete(event.state());
		}
	}

}
