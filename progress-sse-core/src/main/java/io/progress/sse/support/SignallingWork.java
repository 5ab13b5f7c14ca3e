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
 * Wraps the reactive work of a job so that each exception becomes an error signal.
 * Reactor does not signal a {@code LinkageError} or {@code VirtualMachineError}: it
 * throws them to the code that subscribes or requests, where an operator may drop them;
 * then neither the job nor its subscriber would get an end. Here they are signalled as
 * the cause of a {@link CompletionException}.
 *
 * @param <T> the type of the elements
 */
public final class SignallingWork<T> implements Publisher<T> {

	private final Publisher<T> work;

	/**
	 * Wraps work.
	 * @param work the work; subscribed to once per subscriber
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
	 * Returns the error to signal. Operators rethrow a fatal error that is signalled to
	 * them, but not its wrapper.
	 * @param error the error that was thrown
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
