package io.progress.sse.aop;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * The stage that the caller gets instead of the method's own: it completes when the job
 * has ended, and forwards a cancellation.
 */
final class StageResult extends CompletableFuture<@Nullable Object> {

	private final CompletionStage<?> original;

	private StageResult(CompletionStage<?> original) {
		this.original = original;
	}

	/**
	 * Ends a call with a stage.
	 * @param type the declared return type
	 * @return the stage for the caller: the original one if the method declares a special
	 * type of stage
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
