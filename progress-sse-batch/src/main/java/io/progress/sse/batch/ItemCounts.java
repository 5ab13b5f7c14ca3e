package io.progress.sse.batch;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

import org.springframework.batch.core.step.StepExecution;

/**
 * The counts of an execution, summed up over its steps. A partitioned step has the sum of
 * its partitions once they have ended, so of both the larger number counts.
 */
final class ItemCounts {

	private ItemCounts() {
	}

	/**
	 * Sums up.
	 * @param managers the names of partitioned steps, by the beginning of the names of
	 * their partitions
	 */
	static Map<String, Long> of(Collection<StepExecution> steps, Map<String, String> managers) {
		Map<String, Long> counts = new LinkedHashMap<>();
		counts.put("read", sum(steps, managers, StepExecution::getReadCount));
		counts.put("written", sum(steps, managers, StepExecution::getWriteCount));
		counts.put("filtered", sum(steps, managers, StepExecution::getFilterCount));
		counts.put("skipped", sum(steps, managers, StepExecution::getSkipCount));
		counts.put("commits", sum(steps, managers, StepExecution::getCommitCount));
		counts.put("rollbacks", sum(steps, managers, StepExecution::getRollbackCount));
		return counts;
	}

	private static long sum(Collection<StepExecution> steps, Map<String, String> managers,
			ToLongFunction<StepExecution> count) {
		Map<String, Long> alone = new HashMap<>();
		Map<String, Long> parts = new HashMap<>();
		for (StepExecution step : steps) {
			String name = step.getStepName();
			String manager = managers.get(name.substring(0, name.lastIndexOf(':') + 1));
			((manager != null) ? parts : alone).merge((manager != null) ? manager : name, count.applyAsLong(step),
					Long::sum);
		}
		return alone.entrySet()
			.stream()
			.mapToLong((step) -> Math.max(step.getValue(), parts.getOrDefault(step.getKey(), 0L)))
			.sum();
	}

}
