package io.progress.sse.engine;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTask;
import io.progress.sse.Scope;
import io.progress.sse.support.SignallingWork;

/**
 * Runs the work of an admitted job, and ends the job with the work's outcome.
 */
final class JobWork {

	private JobWork() {
	}

	/**
	 * Runs work whose caller gets its result and its exception.
	 */
	static <T extends @Nullable Object> T run(TrackedJob job, ProgressTask<T> task) throws Exception {
		return run(job, task, true);
	}

	/**
	 * Runs work whose exception has no other receiver than the job.
	 */
	static void attempt(TrackedJob job, ProgressTask<?> task) {
		try {
			run(job, task, false);
		}
		catch (Exception ex) {
			restoreInterrupt(ex);
		}
	}

	/**
	 * Runs work whose result and exception complete a future.
	 */
	static <T extends @Nullable Object> void complete(CompletableFuture<T> future, TrackedJob job,
			ProgressTask<T> task) {
		try {
			future.complete(run(job, task, true));
		}
		catch (Throwable ex) {
			restoreInterrupt(ex);
			future.completeExceptionally(ex);
		}
	}

	private static <T extends @Nullable Object> T run(TrackedJob job, ProgressTask<T> task, boolean passesOn)
			throws Exception {
		Scope scope = null;
		try {
			scope = job.activate();
			job.reporter().checkCancelled();
			job.begin();
			T result = task.run(job.reporter());
			job.done();
			return result;
		}
		catch (Throwable ex) {
			job.fail(ex, passesOn);
			throw ex;
		}
		finally {
			if (scope != null) {
				scope.close();
			}
		}
	}

	private static void restoreInterrupt(Throwable error) {
		if (error instanceof InterruptedException) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Runs work with one result or none.
	 */
	static <T> Mono<T> mono(ProgressJob job, Function<ProgressReporter, ? extends Mono<? extends T>> work) {
		return Mono.from(new SignallingWork<>(Mono.<T>defer(() -> begun(job, work).map(Function.identity()))))
			.doOnSuccess((result) -> job.done())
			.doOnError((error) -> job.fail(error, true))
			.doOnCancel(job::cancelled)
			.contextWrite(job::addTo);
	}

	/**
	 * Runs work with any number of results.
	 */
	static <T> Flux<T> flux(ProgressJob job, Function<ProgressReporter, ? extends Publisher<? extends T>> work) {
		return Flux.from(new SignallingWork<>(Flux.<T>defer(() -> Flux.from(begun(job, work)))))
			.doOnComplete(job::done)
			.doOnError((error) -> job.fail(error, true))
			.doOnCancel(job::cancelled)
			.contextWrite(job::addTo);
	}

	private static <P> P begun(ProgressJob job, Function<ProgressReporter, ? extends P> work) {
		Scope scope = job.activate();
		try {
			job.reporter().checkCancelled();
			job.begin();
			return work.apply(job.reporter());
		}
		finally {
			scope.close();
		}
	}

}
