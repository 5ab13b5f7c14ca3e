package io.progress.sse.aop;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.ProxyMethodInvocation;

/**
 * Runs a call on the worker's thread and ends it when the method's work ends.
 */
final class ExecutionInterceptor implements MethodInterceptor {

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		TrackedCall call = TrackedCall.of((ProxyMethodInvocation) invocation);
		return (call != null) ? run(call, (ProxyMethodInvocation) invocation) : invocation.proceed();
	}

	private static @Nullable Object run(TrackedCall call, ProxyMethodInvocation invocation) throws Throwable {
		Object result;
		try {
			call.begin();
			result = call.proceed(invocation);
		}
		catch (Throwable ex) {
			call.fail(ex);
			throw ex;
		}
		return end(call, result);
	}

	private static @Nullable Object end(TrackedCall call, @Nullable Object result) {
		Class<?> type = call.method().method().getReturnType();
		if (result instanceof Future<?> future && !(result instanceof CompletionStage)
				&& Future.class.isAssignableFrom(type)) {
			await(call, future);
			return future;
		}
		return Results.follow(call, type, result);
	}

	/**
	 * Waits for a plain future. Only {@code @Async} methods may return one, and their
	 * worker waits for it anyway.
	 */
	private static void await(TrackedCall call, Future<?> future) {
		try {
			call.done(future.get());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			call.fail(ex);
		}
		catch (ExecutionException | RuntimeException ex) {
			call.fail(ex);
		}
	}

}
