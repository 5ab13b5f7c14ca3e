package io.progress.sse.test;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.FluxSink.OverflowStrategy;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import io.progress.sse.event.JobId;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.StoreNotice;

/**
 * Wraps a store and adds the faults of networks at random, within what the contract
 * allows. A reader must still see each event once and in order.
 * <ul>
 * <li>An append fails, with or without having stored.</li>
 * <li>A read fails, or answers late with outdated data.</li>
 * <li>A notice is lost, repeated, or late and so out of order.</li>
 * <li>A subscription is dead for a while, reports this or not, and recovers with
 * {@link StoreNotice.Ready} or ends with an error.</li>
 * </ul>
 * With a virtual-time scheduler and one thread, the same seed gives the same run, as long
 * as the reader behaves the same.
 */
public final class ChaoticEventStore implements ProgressEventStore {

	private static final int MAX_DELAY_MILLIS = 300;

	private final ProgressEventStore store;

	private final Scheduler scheduler;

	private final Random random;

	private volatile boolean calm;

	/**
	 * Wraps a store.
	 * @param store a correct store
	 * @param scheduler measures the delays
	 * @param seed the seed of the random faults
	 */
	public ChaoticEventStore(ProgressEventStore store, Scheduler scheduler, long seed) {
		this.store = store;
		this.scheduler = scheduler;
		this.random = new Random(seed);
	}

	/** Ends the faults: nothing fails from now on. Delayed notices still arrive. */
	public void calm() {
		this.calm = true;
	}

	@Override
	public Mono<AppendResult> append(EventBatch batch) {
		return Mono.defer(() -> {
			if (happens(3)) {
				return failure();
			}
			Mono<AppendResult> append = this.store.append(batch);
			return happens(3) ? append.then(failure()) : append;
		});
	}

	@Override
	public Mono<EventPage> read(JobId job, @Nullable EventId after, int limit) {
		return Mono.defer(() -> {
			if (happens(10)) {
				return failure();
			}
			Mono<EventPage> read = this.store.read(job, after, limit);
			return happens(20) ? read.delayElement(Duration.ofMillis(delay()), this.scheduler) : read;
		});
	}

	@Override
	public Flux<StoreNotice> listen(JobId job) {
		return Flux.create((sink) -> new Lane(sink).open(this.store.listen(job)), OverflowStrategy.IGNORE);
	}

	@Override
	public Mono<Boolean> delete(JobId job) {
		return this.store.delete(job);
	}

	private boolean happens(int percent) {
		return this.random.nextInt(100) < percent && !this.calm;
	}

	private int delay() {
		return 1 + this.random.nextInt(MAX_DELAY_MILLIS);
	}

	private static <T> Mono<T> failure() {
		return Mono.error(new IllegalStateException("the store is unreachable, by an injected fault"));
	}

	private final class Lane {

		private final FluxSink<StoreNotice> sink;

		private final Disposable.Composite late = Disposables.composite();

		private volatile boolean dead;

		Lane(FluxSink<StoreNotice> sink) {
			this.sink = sink;
		}

		void open(Flux<StoreNotice> notices) {
			this.sink.onDispose(this.late);
			this.late.add(notices.subscribe(this::pass, this.sink::error));
		}

		private void pass(StoreNotice notice) {
			if (this.dead) {
				return;
			}
			if (notice instanceof StoreNotice.Live) {
				distort(notice);
			}
			else {
				this.sink.next(notice);
			}
		}

		private void distort(StoreNotice notice) {
			if (happens(1)) {
				die();
				return;
			}
			boolean lost = happens(4);
			if (happens(4)) {
				later(() -> this.sink.next(notice));
				lost = lost || happens(50);
			}
			if (!lost) {
				this.sink.next(notice);
			}
			if (happens(3)) {
				this.sink.next(notice);
			}
			if (happens(1)) {
				this.sink.next(new StoreNotice.Suspect());
			}
		}

		private void die() {
			this.dead = true;
			if (happens(50)) {
				this.sink.next(new StoreNotice.Suspect());
			}
			boolean forGood = happens(50);
			later(() -> {
				if (forGood) {
					this.sink.error(new IllegalStateException("the subscription ended, by an injected fault"));
				}
				else {
					this.dead = false;
					this.sink.next(new StoreNotice.Ready());
				}
			});
		}

		private void later(Runnable action) {
			this.late.add(ChaoticEventStore.this.scheduler.schedule(action, delay(), TimeUnit.MILLISECONDS));
		}

	}

}
