package io.progress.sse.test;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.test.scheduler.VirtualTimeScheduler;

import io.progress.sse.event.JobId;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.tail.TailSignal;

/**
 * The tail that one writes first, and what it becomes by one safety after the other.
 */
final class NaiveTail {

	private final ProgressEventStore store;

	private final JobId job;

	private final Safety safety;

	private final FluxSink<TailSignal> sink;

	private @Nullable EventId position;

	private boolean replayed;

	private boolean reading;

	private boolean readAgain;

	private NaiveTail(ProgressEventStore store, JobId job, @Nullable EventId after, Safety safety,
			FluxSink<TailSignal> sink) {
		this.store = store;
		this.job = job;
		this.position = after;
		this.safety = safety;
		this.sink = sink;
	}

	static ChaosRun.TailFactory with(Safety safety) {
		return (store, time, job, after) -> Flux
			.push((sink) -> new NaiveTail(store, job, after, safety, sink).start(time));
	}

	private void start(VirtualTimeScheduler time) {
		Disposable.Composite all = Disposables.composite();
		this.sink.onDispose(all);
		all.add(this.store.listen(this.job).retry().subscribe(this::onNotice));
		if (has(Safety.POSITION_CHECK)) {
			all.add(time.schedulePeriodically(this::read, 15, 15, TimeUnit.SECONDS));
		}
	}

	private boolean has(Safety wanted) {
		return this.safety.compareTo(wanted) >= 0;
	}

	private void onNotice(StoreNotice notice) {
		if (notice instanceof StoreNotice.Live live) {
			onLive(live);
		}
		else if (!this.replayed || has(Safety.CATCH_UP_ON_READY)) {
			this.replayed = true;
			read();
		}
	}

	private void onLive(StoreNotice.Live live) {
		boolean newer = this.position == null || live.event().id().n() > this.position.n();
		boolean follows = (this.position != null) ? this.position.equals(live.previous()) : live.previous() == null;
		if (newer && !this.reading && (follows || !has(Safety.CHAIN_CHECK))) {
			next(live.event());
		}
		else if (newer && (this.reading || has(Safety.CHAIN_CHECK))) {
			read();
		}
	}

	private void read() {
		this.readAgain = this.reading;
		if (!this.reading && !this.sink.isCancelled()) {
			this.reading = true;
			this.store.read(this.job, this.position, TestJob.ALL)
				.retry()
				.map(EventPage::events)
				.subscribe((events) -> events.forEach(this::next), null, this::onRead);
		}
	}

	private void onRead() {
		this.reading = false;
		if (this.readAgain) {
			read();
		}
	}

	private void next(StoredEvent event) {
		this.position = event.id();
		this.sink.next(new TailSignal.Next(event));
		if (event.event().isTerminal()) {
			this.sink.complete();
		}
	}

	/** Each includes those before it. */
	enum Safety {

		NONE, CATCH_UP_ON_READY, CHAIN_CHECK, POSITION_CHECK

	}

}
