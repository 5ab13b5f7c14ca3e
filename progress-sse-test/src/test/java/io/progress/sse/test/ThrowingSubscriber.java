package io.progress.sse.test;

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

import io.progress.sse.store.StoreNotice;

/** Breaks the rules of Reactive Streams, as no subscriber of Reactor's own would. */
final class ThrowingSubscriber implements CoreSubscriber<StoreNotice> {

	@Override
	public void onSubscribe(Subscription subscription) {
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(StoreNotice notice) {
		if (notice instanceof StoreNotice.Live) {
			throw new IllegalStateException("thrown by a listener");
		}
	}

	@Override
	public void onError(Throwable ex) {
	}

	@Override
	public void onComplete() {
	}

}
