package io.progress.sse.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.progress.sse.ProgressReporter;

/**
 * The steps of a stage that have begun, and how far they are together. Used under the
 * lock of its run.
 */
final class StageRun {

	/** Partitions that are still running and are listed one by one. */
	private static final int LISTED = 20;

	private final Map<String, StepRun> steps = new LinkedHashMap<>();

	private final Stage stage;

	private final StepHistory history;

	/** Whether the job's fraction may follow this stage. */
	private final boolean planned;

	private long shownTotal;

	StageRun(Stage stage, StepHistory history, boolean planned) {
		this.stage = stage;
		this.history = history;
		this.planned = planned;
	}

	void add(StepRun step) {
		this.steps.put(step.name(), step);
	}

	/**
	 * Counts the items of those partitions of a step that other processes have run, once
	 * Spring Batch has summed them up.
	 */
	void countPartitions(StepRun step) {
		if (step.partitionPrefix() != null) {
			step.count(step.read() - parts(step).stream().mapToLong(StepRun::items).sum());
		}
	}

	boolean isRunning() {
		return this.steps.values().stream().anyMatch(StepRun::isRunning);
	}

	/**
	 * Whether a step that begins is a partition of a step of this stage, or a step of the
	 * stage that has not run yet.
	 */
	boolean expects(String name) {
		boolean partition = this.steps.values().stream().anyMatch((step) -> step.hasPartition(name));
		return partition || (this.stage.steps().contains(name) && !this.steps.containsKey(name));
	}

	/**
	 * Shows the total of the stage if it is known, else its fraction, else neither.
	 */
	void show(ProgressReporter reporter) {
		if (!this.planned) {
			return;
		}
		long total = total();
		if (total > 0) {
			if (total != this.shownTotal) {
				reporter.total(total);
				this.shownTotal = total;
			}
			return;
		}
		double fraction = isSimple() ? Double.NaN : fraction();
		if (!Double.isNaN(fraction)) {
			reporter.fraction(fraction);
			this.shownTotal = 0;
		}
		else if (this.shownTotal > 0) {
			reporter.indeterminate();
			this.shownTotal = 0;
		}
	}

	boolean isEstimated() {
		return this.planned && this.shownTotal > 0 && this.steps.values().stream().anyMatch(StepRun::isEstimated);
	}

	/**
	 * Returns how many items there are in all steps; 0 if that is not known of one of
	 * them.
	 */
	private long total() {
		long sum = 0;
		for (String name : this.stage.steps()) {
			StepRun step = this.steps.get(name);
			long total = (step != null) ? total(step) : this.history.items(name);
			if (total == 0) {
				return 0;
			}
			sum += total;
		}
		return sum;
	}

	private long total(StepRun step) {
		long own = step.total();
		List<StepRun> parts = parts(step);
		boolean passed = parts.stream().mapToLong(StepRun::items).sum() > own;
		if (parts.isEmpty() || (own > 0 && !step.succeeded() && !passed)) {
			return own;
		}
		if (parts.size() < count(step) || parts.stream().anyMatch((part) -> part.total() == 0)) {
			return 0;
		}
		return parts.stream().mapToLong(StepRun::total).sum();
	}

	/**
	 * Whether only the code of a single step may know how far it is. What the code itself
	 * reports must show then.
	 */
	private boolean isSimple() {
		return this.stage.steps().size() == 1 && this.steps.size() == 1
				&& this.steps.values().stream().noneMatch(StepRun::hasNested);
	}

	private double fraction() {
		double weights = 0;
		double done = 0;
		boolean known = false;
		for (String name : this.stage.steps()) {
			StepRun step = this.steps.get(name);
			double weight = this.history.weight(name);
			double fraction = (step != null) ? fraction(step) : Double.NaN;
			weights += weight;
			if (!Double.isNaN(fraction)) {
				known = true;
				done += weight * fraction;
			}
		}
		return (known && weights > 0) ? done / weights : Double.NaN;
	}

	private double fraction(StepRun step) {
		List<StepRun> parts = parts(step);
		if (parts.isEmpty() || step.succeeded()) {
			return step.fraction();
		}
		double done = 0;
		boolean known = false;
		for (StepRun part : parts) {
			double fraction = part.fraction();
			if (!Double.isNaN(fraction)) {
				known = true;
				done += fraction;
			}
		}
		return known ? done / Math.max(parts.size(), count(step)) : Double.NaN;
	}

	/**
	 * Returns what viewers see of the partitions; {@code null} if there are none.
	 */
	@Nullable Map<String, Object> partitions() {
		List<StepRun> parts = new ArrayList<>();
		long expected = 0;
		for (String name : this.stage.steps()) {
			StepRun manager = this.steps.get(name);
			List<StepRun> some = (manager != null) ? parts(manager) : List.of();
			if (manager != null && !some.isEmpty()) {
				parts.addAll(some);
				expected += Math.max(some.size(), count(manager));
			}
		}
		if (parts.isEmpty()) {
			return null;
		}
		List<Map<String, Object>> running = new ArrayList<>();
		for (StepRun part : parts) {
			if (part.isRunning() && running.size() < LISTED) {
				Map<String, Object> shown = new LinkedHashMap<>();
				shown.put("name", part.name());
				shown.put("items", part.items());
				if (part.total() > 0) {
					shown.put("total", part.total());
				}
				running.add(shown);
			}
		}
		return Map.of("total", expected, "ended", parts.stream().filter((part) -> !part.isRunning()).count(), "running",
				running);
	}

	private List<StepRun> parts(StepRun manager) {
		return this.steps.values().stream().filter((step) -> manager.hasPartition(step.name())).toList();
	}

	/** Returns how many partitions a step has, as its splitter has made them. */
	private static long count(StepRun manager) {
		return manager.execution()
			.getJobExecution()
			.getStepExecutions()
			.stream()
			.filter((step) -> manager.hasPartition(step.getStepName()))
			.count();
	}

}
