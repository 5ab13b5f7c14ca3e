package io.progress.sse.aop;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.core.ReactiveAdapter;

import io.progress.sse.ProgressReporter;

/**
 * Passes the reporter to the target, and counts how often the target is entered within
 * one call. All libraries for retries enter the target again; their own events come too
 * early, before it is known whether there will be another attempt.
 */
final class AttemptInterceptor implements MethodInterceptor {

	private final TrackedCalls calls;

	AttemptInterceptor(TrackedCalls calls) {
		this.calls = calls;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		ProxyMethodInvocation proxied = (ProxyMethodInvocation) invocation;
		TrackedMethod method = this.calls.method(proxied);
		ProgressReporter reporter = method.reporter(proxied.getArguments());
		if (reporter != null) {
			proxied.setArguments(method.with(reporter, proxied.getArguments()));
		}
		TrackedCall call = TrackedCall.of(proxied);
		if (call != null) {
			call.attempt();
			return invocation.proceed();
		}
		ReactiveAdapter adapter = method.reactive();
		Object result = invocation.proceed();
		return (adapter != null && result != null) ? counted(method, adapter, result) : result;
	}

	/**
	 * A reactive retry subscribes again instead of calling again.
	 */
	private static Object counted(TrackedMethod method, ReactiveAdapter adapter, Object result) {
		Publisher<?> original = ReactiveCall.toPublisher(adapter, result);
		Publisher<?> counted = adapter.isMultiValue() ? Flux.deferContextual((context) -> {
			attempt(context, method);
			return original;
		}) : Mono.deferContextual((context) -> {
			attempt(context, method);
			return Mono.from(original);
		});
		return ReactiveCall.fromPublisher(method, adapter, counted);
	}

	private static void attempt(ContextView context, TrackedMethod method) {
		TrackedCall call = ReactiveCall.of(context, method);
		if (call != null) {
			call.attempt();
		}
	}

}
