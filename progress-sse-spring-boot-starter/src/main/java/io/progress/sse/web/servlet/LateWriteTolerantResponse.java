package io.progress.sse.web.servlet;

import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * A response that ignores a buffer which arrives after the connection has ended, and
 * cancels the stream. Spring's own response would throw an exception to the code that
 * emits the buffer.
 */
final class LateWriteTolerantResponse extends ServerHttpResponseDecorator {

	LateWriteTolerantResponse(ServerHttpResponse delegate) {
		super(delegate);
	}

	@Override
	public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		return super.writeAndFlushWith(
				(subscriber) -> body.subscribe(new CarefulSubscriber<>(Operators.toCoreSubscriber(subscriber))));
	}

	private static final class CarefulSubscriber<T> implements CoreSubscriber<T> {

		private final CoreSubscriber<? super T> actual;

		private Subscription subscription = Operators.emptySubscription();

		CarefulSubscriber(CoreSubscriber<? super T> actual) {
			this.actual = actual;
		}

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.subscription = subscription;
			this.actual.onSubscribe(subscription);
		}

		@Override
		public void onNext(T buffer) {
			try {
				this.actual.onNext(buffer);
			}
			catch (IllegalStateException ex) {
				this.subscription.cancel();
			}
		}

		@Override
		public void onError(Throwable ex) {
			this.actual.onError(ex);
		}

		@Override
		public void onComplete() {
			this.actual.onComplete();
		}

	}

}
