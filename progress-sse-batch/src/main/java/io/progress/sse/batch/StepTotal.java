package io.progress.sse.batch;

/**
 * How many items a step will read.
 *
 * @param items the number; 0 if it is not known
 * @param estimated whether it is a guess from an earlier execution
 */
record StepTotal(long items, boolean estimated) {

}
