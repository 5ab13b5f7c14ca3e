package io.progress.sse.aop;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * The stage that a tracked method gives its caller in place of its own: it completes when
 * the job has ended, and passes a cancellation on.
 */
final class StageResult extends CompletableFuture<@Nullable Object> {

	private final CompletionStage<?> original;

	private StageResult(CompletionStage<?> original) {
		this.original = original;
	}

	/**
	 * Ends a call with a stage.
	 * @param type what the method says that it returns
	 * @return the stage for the caller: the original where the method promises a type of
	 * its own
	 */
	static CompletionStage<?> follow(CompletionStage<?> stage, Class<?> type, TrackedCall call) {
		if (!type.isAssignableFrom(CompletableFuture.class)) {
			stage.whenComplete((value, error) -> end(call, value, error));
			return stage;
		}
		StageResult result = new StageResult(stage);
		stage.whenComplete((value, error) -> {
			Object given = end(call, value, error);
			if (error != null) {
				result.completeExceptionally(error);
			}
			else {
				result.complete(given);
			}
		});
		return result;
	}

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		this.original.toCompletableFuture().cancel(mayInterruptIfRunning);
		return super.cancel(mayInterruptIfRunning) || isCancelled();
	}

	@Override
	public <U> CompletableFuture<U> newIncompleteFuture() {
		return new CompletableFuture<>();
	}

	private static @Nullable Object end(TrackedCall call, @Nullable Object value, @Nullable Throwable error) {
		if (error instanceof CancellationException) {
			call.cancelled();
		}
		else if (error != null) {
			call.fail(error);
		}
		else {
			return Results.follow(call, Object.class, value);
		}
		return value;
	}

}
