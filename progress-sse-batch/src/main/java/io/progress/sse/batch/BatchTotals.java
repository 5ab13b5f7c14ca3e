package io.progress.sse.batch;

import java.util.OptionalLong;

import org.springframework.batch.core.step.StepExecution;

/**
 * Knows how many items a step will read, for instance from a query that counts them.
 * Declare a bean of this type; of several, the first that answers is believed.
 */
@FunctionalInterface
public interface BatchTotals {

	/**
	 * Returns how many items a step will read in all, including those that an earlier
	 * execution has read. Called on the thread of the step, outside a transaction, before
	 * the step opens its reader. An exception is logged and counts as no answer.
	 * @param step the execution of a step or of a partition
	 * @return the number of items, above 0; empty if it is not known
	 */
	OptionalLong total(StepExecution step);

}
