package io.progress.sse.batch;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.core.job.AbstractJob;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.step.AbstractStep;
import org.springframework.batch.core.step.Step;

import io.progress.sse.support.ForeignCode;

/**
 * Registers the listeners at jobs and at their steps, once at each, before they run.
 */
final class BatchAttachment {

	private static final Logger logger = LoggerFactory.getLogger(BatchAttachment.class);

	private final Set<Object> attached = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

	private final Supplier<BatchRuns> runs;

	private final Supplier<StepRuns> steps;

	private final BatchThreads threads;

	BatchAttachment(Supplier<BatchRuns> runs, Supplier<StepRuns> steps, BatchThreads threads) {
		this.runs = runs;
		this.steps = steps;
		this.threads = threads;
	}

	/**
	 * Registers the listeners at a job and at all steps that its definition names. A
	 * definition that cannot be read now is read again when the job is launched.
	 */
	void attach(Job job) {
		if (job instanceof AbstractJob each && this.attached.add(each)) {
			new JobListeners(each, this.runs).register();
		}
		ForeignCode.run(() -> JobStructure.steps(job).forEach(this::attachStep),
				(ex) -> logger.debug("The steps of job '{}' cannot be listed yet", job.getName(), ex));
	}

	void attachStep(Step step) {
		if (step instanceof AbstractStep each && this.attached.add(each)) {
			new StepListeners(each, this.steps, this.threads).register();
			for (Object nested : JobStructure.nested(step)) {
				if (nested instanceof Step inner) {
					attachStep(inner);
				}
				else if (nested instanceof Job inner) {
					attach(inner);
				}
			}
		}
	}

}
