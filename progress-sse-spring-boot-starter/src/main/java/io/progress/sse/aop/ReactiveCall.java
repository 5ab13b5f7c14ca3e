package io.progress.sse.aop;

import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ReactiveAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import io.progress.sse.support.SignallingWork;

/**
 * A call whose result may be subscribed to later, and more than once: each subscription
 * is a call of its own. It proceeds on a clone of the invocation, because an invocation
 * that has proceeded once skips advice the next time.
 */
final class ReactiveCall {

	private final TrackedCalls calls;

	private final TrackedMethod method;

	private final ReactiveAdapter adapter;

	private final ProxyMethodInvocation invocation;

	ReactiveCall(TrackedCalls calls, TrackedMethod method, ReactiveAdapter adapter, ProxyMethodInvocation invocation) {
		this.calls = calls;
		this.method = method;
		this.adapter = adapter;
		this.invocation = invocation;
	}

	/**
	 * Returns the call that a subscription belongs to.
	 */
	static @Nullable TrackedCall of(ContextView context, TrackedMethod method) {
		return context.getOrDefault(method.method(), null);
	}

	/**
	 * Returns the result for the caller. Uses {@code flatMapMany}, because
	 * {@code Mono.flatMap} may lose a cancellation that comes while the inner work is
	 * being subscribed to.
	 */
	Object result() {
		Publisher<?> result = this.adapter.isMultiValue()
				? Flux.deferContextual(
						(context) -> this.calls.admit(this.method, this.invocation, context).flatMapMany(this::many))
				: Mono.deferContextual((context) -> this.calls.admit(this.method, this.invocation, context)
					.flatMapMany(this::one)
					.singleOrEmpty());
		return fromPublisher(this.method, this.adapter, result);
	}

	private Mono<Object> one(TrackedCall call) {
		AtomicBoolean followed = new AtomicBoolean();
		return Mono.from(new SignallingWork<Object>(Mono.defer(() -> Mono.from(proceed(call))))).mapNotNull((value) -> {
			followed.set(true);
			return Results.follow(call, Object.class, value);
		})
			.doOnSuccess((value) -> endIfEmpty(call, value))
			.doOnError(call::fail)
			.doOnCancel(() -> cancelUnless(followed, call))
			.contextWrite((context) -> put(context, call));
	}

	private static void endIfEmpty(TrackedCall call, @Nullable Object value) {
		if (value == null) {
			call.done(null);
		}
	}

	/** An emitted value may itself stand for unfinished work. */
	private static void cancelUnless(AtomicBoolean followed, TrackedCall call) {
		if (!followed.get()) {
			call.cancelled();
		}
	}

	private Flux<Object> many(TrackedCall call) {
		boolean counting = this.method.annotation().countElements();
		return Flux.from(new SignallingWork<Object>(Flux.defer(() -> Flux.from(proceed(call)))))
			.doOnNext((element) -> call.reporter().advance(counting ? 1 : 0))
			.doOnComplete(() -> call.done(null))
			.doOnError(call::fail)
			.doOnCancel(call::cancelled)
			.contextWrite((context) -> put(context, call));
	}

	private Context put(Context context, TrackedCall call) {
		return call.addTo(context).put(this.method.method(), call);
	}

	private Publisher<?> proceed(TrackedCall call) {
		try {
			call.begin();
			return toPublisher(this.adapter,
					call.proceed(this.invocation.invocableClone(call.arguments(this.invocation))));
		}
		catch (Throwable ex) {
			return Mono.error(ex);
		}
	}

	/**
	 * A Kotlin suspending function returns a publisher between proxy and target, whatever
	 * its declared type.
	 */
	static Publisher<?> toPublisher(ReactiveAdapter adapter, @Nullable Object result) {
		return (result instanceof Publisher<?> publisher) ? publisher : adapter.toPublisher(result);
	}

	static Object fromPublisher(TrackedMethod method, ReactiveAdapter adapter, Publisher<?> publisher) {
		return KotlinDetector.isSuspendingFunction(method.method()) ? publisher : adapter.fromPublisher(publisher);
	}

}
