package io.progress.sse.aop;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.core.ReactiveAdapter;

/**
 * Waits until all advice has accepted a plain call, and lets each subscription to a
 * reactive call pass through all advice. Method security proceeds at subscription, and an
 * invocation that has proceeded once skips advice the next time; so each subscription
 * proceeds on a clone.
 */
final class SubscriptionInterceptor implements MethodInterceptor {

	private final TrackedCalls calls;

	SubscriptionInterceptor(TrackedCalls calls) {
		this.calls = calls;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		ProxyMethodInvocation proxied = (ProxyMethodInvocation) invocation;
		TrackedMethod method = this.calls.method(proxied);
		ReactiveAdapter adapter = method.reactive();
		if (adapter == null) {
			return TrackedCall.judged(proxied);
		}
		Publisher<?> result = adapter.isMultiValue() ? Flux.defer(() -> proceed(proxied, adapter))
				: Mono.defer(() -> Mono.from(proceed(proxied, adapter)));
		return ReactiveCall.fromPublisher(method, adapter, result);
	}

	private static Publisher<?> proceed(ProxyMethodInvocation invocation, ReactiveAdapter adapter) {
		try {
			return ReactiveCall.toPublisher(adapter, invocation.invocableClone().proceed());
		}
		catch (Throwable ex) {
			return Mono.error(ex);
		}
	}

}
