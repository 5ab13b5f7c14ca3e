package io.progress.sse.support;

import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Reactive work of a job that signals whatever it throws. Reactor signals no
 * {@code LinkageError} and no {@code VirtualMachineError}: they are thrown at the one who
 * subscribes or requests, and an operator on the way may drop them; then neither the job
 * nor its subscriber would hear of an end. They are signalled as the cause of a
 * {@link CompletionException}.
 *
 * @param <T> what the work emits
 */
public final class SignallingWork<T> implements Publisher<T> {

	private final Publisher<T> work;

	/**
	 * Creates the work.
	 * @param work what it does; subscribed to by each subscriber
	 */
	public SignallingWork(Publisher<T> work) {
		this.work = work;
	}

	@Override
	public void subscribe(Subscriber<? super T> subscriber) {
		Relay<T> relay = new Relay<>(Operators.toCoreSubscriber(subscriber));
		try {
			this.work.subscribe(relay);
		}
		catch (Throwable ex) {
			relay.signal(ex);
		}
	}

	/**
	 * What a subscriber is told of an error. Operators throw a fatal one again that they
	 * are told of, but not its wrapper.
	 * @param error what was thrown
	 * @return the error, or a {@link CompletionException} with it as the cause
	 */
	public static Throwable signalled(Throwable error) {
		return Exceptions.isJvmFatal(error) ? new CompletionException(error) : error;
	}

	private static final class Relay<T> extends AtomicBoolean implements CoreSubscriber<T>, Subscription {

		private static final long serialVersionUID = 1L;

		private final transient CoreSubscriber<? super T> subscriber;

		private transient Subscription subscription = Operators.emptySubscription();

		private transient boolean subscribed;

		Relay(CoreSubscriber<? super T> subscriber) {
			this.subscriber = subscriber;
		}

		@Override
		public Context currentContext() {
			return this.subscriber.currentContext();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			if (!this.subscribed) {
				this.subscribed = true;
				this.subscription = subscription;
				this.subscriber.onSubscribe(this);
			}
		}

		@Override
		public void request(long n) {
			try {
				this.subscription.request(n);
			}
			catch (Throwable ex) {
				signal(ex);
			}
		}

		@Override
		public void cancel() {
			this.subscription.cancel();
		}

		@Override
		public void onNext(T item) {
			if (!get()) {
				this.subscriber.onNext(item);
			}
		}

		void signal(Throwable ex) {
			if (!this.subscribed) {
				onSubscribe(Operators.emptySubscription());
			}
			onError(ex);
		}

		@Override
		public void onError(Throwable ex) {
			if (compareAndSet(false, true)) {
				this.subscriber.onError(signalled(ex));
			}
		}

		@Override
		public void onComplete() {
			if (compareAndSet(false, true)) {
				this.subscriber.onComplete();
			}
		}

	}

}
