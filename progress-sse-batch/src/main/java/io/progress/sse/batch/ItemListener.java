package io.progress.sse.batch;

import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.listener.ChunkListener;
import org.springframework.batch.core.listener.ItemProcessListener;
import org.springframework.batch.core.listener.ItemWriteListener;
import org.springframework.batch.core.listener.SkipListener;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.scope.context.StepContext;
import org.springframework.batch.core.scope.context.StepSynchronizationManager;
import org.springframework.batch.infrastructure.item.Chunk;

/**
 * Counts the items of a step: those that were processed, and those that were skipped
 * before. Makes no garbage, takes no lock and throws nothing.
 *
 * @param <I> the type of what is read
 * @param <O> the type of what is written
 */
final class ItemListener<I, O>
		implements ItemProcessListener<I, O>, SkipListener<I, O>, ItemWriteListener<O>, ChunkListener<I, O> {

	/**
	 * Name under which a step's context holds its run, for threads that process items.
	 */
	static final String RUN = StepRun.class.getName();

	private final BatchThreads threads;

	ItemListener(BatchThreads threads) {
		this.threads = threads;
	}

	@Override
	public void afterProcess(I item, @Nullable O result) {
		count();
	}

	@Override
	public void onSkipInProcess(I item, Throwable ex) {
		count();
	}

	@Override
	public void onSkipInRead(Throwable ex) {
		count();
	}

	@Override
	public void afterWrite(Chunk<? extends O> items) {
		show();
	}

	@Override
	public void afterChunk(Chunk<O> items) {
		show();
	}

	/** The older kind of step tells its counts after a chunk only. */
	@Override
	@SuppressWarnings("removal")
	public void afterChunk(ChunkContext context) {
		StepRun run = run();
		if (run != null) {
			run.countRead();
			run.run().moved();
		}
	}

	private void count() {
		StepRun run = run();
		if (run != null) {
			run.item();
		}
	}

	private void show() {
		StepRun run = run();
		if (run != null) {
			run.run().moved();
		}
	}

	private @Nullable StepRun run() {
		StepRun run = this.threads.step();
		return (run != null) ? run : elsewhere();
	}

	private static @Nullable StepRun elsewhere() {
		StepContext context = StepSynchronizationManager.getContext();
		return (context != null && context.getAttribute(RUN) instanceof StepRun run) ? run : null;
	}

}
