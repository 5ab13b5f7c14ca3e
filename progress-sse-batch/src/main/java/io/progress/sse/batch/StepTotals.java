package io.progress.sse.batch;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.framework.Advised;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.item.ChunkOrientedStep;
import org.springframework.batch.core.step.item.ChunkOrientedTasklet;
import org.springframework.batch.core.step.item.SimpleChunkProvider;
import org.springframework.batch.core.step.tasklet.TaskletStep;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.support.AbstractItemCountingItemStreamItemReader;

import io.progress.sse.support.ForeignCode;

/**
 * Finds out how many items a step will read. Asks, in this order: the application's
 * {@link BatchTotals}, a {@link CountedReader}, the reader's {@code maxItemCount}, and
 * the last execution that succeeded.
 */
final class StepTotals {

	private static final Logger logger = LoggerFactory.getLogger(StepTotals.class);

	/** End of the key under which readers save how many items they have read. */
	private static final String READ_BEFORE = ".read.count";

	private final List<BatchTotals> hooks;

	StepTotals(List<BatchTotals> hooks) {
		this.hooks = List.copyOf(hooks);
	}

	StepTotal of(Step step, StepExecution execution, StepHistory history) {
		long told = told(execution);
		long known = (told > 0) ? told : known(step);
		return (known > 0) ? new StepTotal(known, false) : new StepTotal(history.items(execution.getStepName()), true);
	}

	/**
	 * Returns how many items an earlier execution has read, which this one goes on from.
	 */
	long readBefore(StepExecution execution) {
		long most = 0;
		for (Map.Entry<String, Object> entry : execution.getExecutionContext().entrySet()) {
			if (entry.getKey().endsWith(READ_BEFORE) && entry.getValue() instanceof Number count) {
				most = Math.max(most, count.longValue());
			}
		}
		return most;
	}

	private long told(StepExecution execution) {
		for (BatchTotals hook : this.hooks) {
			OptionalLong total = ForeignCode.ask(() -> hook.total(execution), OptionalLong.empty(),
					(ex) -> logger.warn("The total of step '{}' cannot be told", execution.getStepName(), ex));
			if (total.isPresent()) {
				return total.getAsLong();
			}
		}
		return 0;
	}

	private static long known(Step step) {
		Object reader = reader(step);
		if (reader == null) {
			return 0;
		}
		if (reader instanceof CountedReader counted) {
			return ForeignCode.ask(counted::itemCount, 0L,
					(ex) -> logger.warn("The reader of step '{}' cannot tell its items", step.getName(), ex));
		}
		Integer most = Reflected.field(reader, AbstractItemCountingItemStreamItemReader.class, "maxItemCount",
				Integer.class);
		return (most != null && most < Integer.MAX_VALUE) ? most : 0;
	}

	private static @Nullable Object reader(Step step) {
		if (step instanceof ChunkOrientedStep) {
			return target(Reflected.field(step, ChunkOrientedStep.class, "itemReader", ItemReader.class));
		}
		return (step instanceof TaskletStep tasklet) ? olderReader(tasklet) : null;
	}

	@SuppressWarnings("removal")
	private static @Nullable Object olderReader(TaskletStep step) {
		if (step.getTasklet() instanceof ChunkOrientedTasklet<?> tasklet) {
			Object provider = Reflected.field(tasklet, ChunkOrientedTasklet.class, "chunkProvider", Object.class);
			return (provider instanceof SimpleChunkProvider<?>)
					? target(Reflected.field(provider, SimpleChunkProvider.class, "itemReader", ItemReader.class))
					: null;
		}
		return null;
	}

	/**
	 * Returns the reader of this step execution behind a step-scoped proxy.
	 */
	private static @Nullable Object target(@Nullable Object reader) {
		if (reader instanceof Advised advised) {
			try {
				return advised.getTargetSource().getTarget();
			}
			catch (Exception ex) {
				logger.debug("The reader behind a proxy cannot be reached", ex);
				return null;
			}
		}
		return reader;
	}

}
