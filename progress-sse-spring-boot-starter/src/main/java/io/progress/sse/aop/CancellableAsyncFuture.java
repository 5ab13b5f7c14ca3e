package io.progress.sse.aop;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * The plain future of an {@code @Async} call. It reports its cancellation, because
 * nothing else does: a worker never begins a call whose future was cancelled before.
 */
final class CancellableAsyncFuture implements Future<@Nullable Object> {

	private final Future<?> future;

	private final TrackedCall call;

	CancellableAsyncFuture(Future<?> future, TrackedCall call) {
		this.future = future;
		this.call = call;
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		boolean cancelled = this.future.cancel(mayInterruptIfRunning);
		if (cancelled) {
			this.call.unwanted();
		}
		return cancelled;
	}

	@Override
	public boolean isCancelled() {
		return this.future.isCancelled();
	}

	@Override
	public boolean isDone() {
		return this.future.isDone();
	}

	@Override
	public @Nullable Object get() throws InterruptedException, ExecutionException {
		return this.future.get();
	}

	@Override
	public @Nullable Object get(long timeout, TimeUnit unit)
			throws InterruptedException, ExecutionException, TimeoutException {
		return this.future.get(timeout, unit);
	}

}
