package io.progress.sse.stream;

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
 * A publisher for one subscriber whose work is done on a loop. All its signals come from
 * there but the very first one, which comes from whoever asks first.
 *
 * @param <T> what it hands over
 */
abstract class LoopPublisher<T> implements Publisher<T>, Subscription {

	private static final Logger logger = LoggerFactory.getLogger(LoopPublisher.class);

	private final DrainLoop loop;

	private final Runnable drain = this::drainNow;

	private final AtomicLong demand = new AtomicLong();

	private final AtomicBoolean started = new AtomicBoolean();

	private @Nullable Subscriber<? super T> subscriber;

	private volatile boolean ended;

	LoopPublisher(DrainLoop loop) {
		this.loop = loop;
	}

	/**
	 * Says whatever is to be said first. Called on the thread that asked first.
	 */
	void onStart() {
	}

	/**
	 * Begins. Called on the loop, once.
	 */
	abstract void join();

	/**
	 * Hands over what there is, if there is room.
	 */
	abstract void drain();

	/**
	 * Ends, whatever was handed over. Called while it has not ended.
	 * @param ex what keeps it from going on
	 */
	abstract void onFailure(Throwable ex);

	/**
	 * Lets go of everything. Called once.
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
			// Reactive Streams 3.9. Who has not begun does not begin any more.
			this.started.set(true);
			this.loop
				.execute(() -> visit(() -> fail(new IllegalArgumentException("'n' must be more than 0, but is " + n))));
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
	 * Does something unless it has ended, and ends it if that fails: what one meets with
	 * is no matter of the others on the loop.
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
		logger.warn("A progress stream was left in the middle", ex);
	}

	final DrainLoop loop() {
		return this.loop;
	}

	final void drainNow() {
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

	final void leave() {
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
