package io.progress.sse.aop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.core.ReactiveAdapter;

import io.progress.sse.ProgressException;

/**
 * Opens a call on the caller's thread, which knows the request and to which a refusal can
 * still be thrown. A reactive call is opened when it is subscribed to.
 */
final class AdmissionInterceptor implements MethodInterceptor {

	private final TrackedCalls calls;

	AdmissionInterceptor(TrackedCalls calls) {
		this.calls = calls;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		ProxyMethodInvocation proxied = (ProxyMethodInvocation) invocation;
		TrackedMethod method = this.calls.method(proxied);
		ReactiveAdapter reactive = method.reactive();
		if (reactive != null) {
			return new ReactiveCall(this.calls, method, reactive, proxied).result();
		}
		TrackedCall call = this.calls.open(method, proxied);
		return (call != null) ? proceed(proxied, call) : null;
	}

	private static @Nullable Object proceed(ProxyMethodInvocation invocation, TrackedCall call) throws Throwable {
		call.handOn(invocation);
		invocation.setArguments(call.arguments(invocation));
		try {
			Object result = invocation.proceed();
			if (result instanceof CompletableFuture<?> future) {
				endWhenUnwanted(call, future, future::isCancelled);
				return future;
			}
			boolean plain = invocation.getMethod().getReturnType() == Future.class;
			return (plain && result instanceof Future<?> future) ? new CancellableAsyncFuture(future, call) : result;
		}
		catch (RejectedExecutionException ex) {
			call.fail(new ProgressException("rejected", "The job could not be started", ex));
			throw ex;
		}
		catch (Throwable ex) {
			call.fail(ex);
			throw ex;
		}
	}

	/**
	 * Ends the job of a future that is cancelled before a worker has begun the call.
	 */
	private static void endWhenUnwanted(TrackedCall call, CompletionStage<?> future, BooleanSupplier unwanted) {
		future.whenComplete((value, error) -> {
			if (unwanted.getAsBoolean()) {
				call.unwanted();
			}
		});
	}

}
