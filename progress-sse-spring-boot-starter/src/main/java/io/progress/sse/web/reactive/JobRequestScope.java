package io.progress.sse.web.reactive;

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

import io.progress.sse.RequestContext;
import io.progress.sse.Scope;

/**
 * Makes a request current on the threads that run application code for it: the
 * subscribing thread, and the threads that emit the values for which the application
 * waits.
 */
final class JobRequestScope {

	private final RequestContext request;

	JobRequestScope(RequestContext request) {
		this.request = request;
	}

	/**
	 * Makes the request current during subscription and each signal.
	 */
	<T> Mono<T> around(Mono<T> source) {
		return source.transform(Operators.<T, T>liftPublisher((publisher, actual) -> new Scoped<>(actual)))
			.as((lifted) -> new Subscribing<>(lifted));
	}

	/**
	 * Makes the request current during each signal.
	 */
	<T> Flux<T> around(Flux<T> source) {
		return source.transform(Operators.<T, T>liftPublisher((publisher, actual) -> new Scoped<>(actual)));
	}

	private void run(Runnable action) {
		Scope scope = this.request.activate();
		try {
			action.run();
		}
		finally {
			scope.close();
		}
	}

	private final class Subscribing<T> extends Mono<T> {

		private final Mono<T> source;

		Subscribing(Mono<T> source) {
			this.source = source;
		}

		@Override
		public void subscribe(CoreSubscriber<? super T> actual) {
			run(() -> this.source.subscribe(actual));
		}

	}

	private final class Scoped<T> implements CoreSubscriber<T>, Subscription {

		private final CoreSubscriber<? super T> actual;

		private Subscription subscription = Operators.emptySubscription();

		Scoped(CoreSubscriber<? super T> actual) {
			this.actual = actual;
		}

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.subscription = subscription;
			this.actual.onSubscribe(this);
		}

		@Override
		public void onNext(T value) {
			run(() -> this.actual.onNext(value));
		}

		@Override
		public void onError(Throwable ex) {
			run(() -> this.actual.onError(ex));
		}

		@Override
		public void onComplete() {
			run(this.actual::onComplete);
		}

		@Override
		public void request(long n) {
			this.subscription.request(n);
		}

		@Override
		public void cancel() {
			this.subscription.cancel();
		}

	}

}
