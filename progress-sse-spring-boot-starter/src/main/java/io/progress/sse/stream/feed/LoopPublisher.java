package io.progress.sse.stream.feed;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Operators;

import io.progress.sse.support.ForeignCode;

/**
 * A publisher for one subscriber that works on a loop. All its signals come from that
 * loop, except the first one, which comes from the thread of the first request.
 *
 * @param <T> the type of its items
 */
abstract class LoopPublisher<T> implements Publisher<T>, Subscription {

	private static final Logger logger = LoggerFactory.getLogger(LoopPublisher.class);

	private final ViewerLoop loop;

	private final Runnable drain = this::drainNow;

	private final AtomicLong demand = new AtomicLong();

	private final AtomicBoolean started = new AtomicBoolean();

	private @Nullable Subscriber<? super T> subscriber;

	private volatile boolean ended;

	LoopPublisher(ViewerLoop loop) {
		this.loop = loop;
	}

	/**
	 * Emits the first item. Called on the thread of the first request.
	 */
	void onStart() {
	}

	/**
	 * Starts the publisher. Called once, on the loop.
	 */
	abstract void join();

	/**
	 * Emits the available items, if there is room.
	 */
	abstract void drain();

	/**
	 * Ends after a failure. Called while it has not ended.
	 * @param ex the failure
	 */
	abstract void onFailure(Throwable ex);

	/**
	 * Releases all resources. Called once.
	 */
	abstract void onLeave();

	@Override
	public final void subscribe(Subscriber<? super T> subscriber) {
		if (this.subscriber != null) {
			Operators.error(subscriber, new IllegalStateException("A stream must be subscribed to only once"));
			return;
		}
		this.subscriber = subscriber;
		subscriber.onSubscribe(this);
	}

	@Override
	public final void request(long n) {
		if (n <= 0) {
			// As Reactive Streams 3.9 demands. If the publisher has not started yet, it
			// never will.
			this.started.set(true);
			this.loop.execute(
					() -> visit(() -> fail(new IllegalArgumentException("'n' must be greater than 0, but is " + n))));
			return;
		}
		this.demand.accumulateAndGet(n, Operators::addCap);
		if (this.started.compareAndSet(false, true)) {
			onStart();
			this.loop.execute(() -> visit(this::join));
		}
		else {
			drainLater();
		}
	}

	@Override
	public final void cancel() {
		this.started.set(true);
		this.loop.execute(this::leave);
	}

	/**
	 * Runs an action unless this publisher has ended, and ends it if the action fails. A
	 * failure ends this stream only.
	 */
	final void visit(Runnable action) {
		if (this.ended) {
			return;
		}
		try {
			action.run();
		}
		catch (Throwable ex) {
			ForeignCode.report(ex, LoopPublisher::complain);
			if (!this.ended) {
				onFailure(ex);
			}
		}
	}

	private static void complain(Throwable ex) {
		logger.warn("A progress stream failed and was ended; its client reconnects by itself", ex);
	}

	final ViewerLoop loop() {
		return this.loop;
	}

	public final void drainNow() {
		visit(this::drain);
	}

	final void drainLater() {
		this.loop.execute(this.drain);
	}

	final boolean isEnded() {
		return this.ended;
	}

	boolean hasRoom() {
		return this.demand.get() > 0;
	}

	void emit(T item) {
		this.demand.decrementAndGet();
		subscriber().onNext(item);
	}

	final void complete() {
		leave();
		subscriber().onComplete();
	}

	final void fail(Throwable ex) {
		leave();
		subscriber().onError(ex);
	}

	public final void leave() {
		if (!this.ended) {
			this.ended = true;
			onLeave();
		}
	}

	private Subscriber<? super T> subscriber() {
		Subscriber<? super T> subscriber = this.subscriber;
		if (subscriber == null) {
			throw new IllegalStateException("A stream must not be written before it is subscribed to");
		}
		return subscriber;
	}

}
