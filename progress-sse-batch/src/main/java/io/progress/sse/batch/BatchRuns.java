package io.progress.sse.batch;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationEventPublisher;

import io.progress.sse.DuplicateJobException;
import io.progress.sse.DuplicateJobs;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.event.JobId;
import io.progress.sse.support.ForeignCode;

/**
 * Opens a job for each execution and ends it. Never throws: an execution whose job cannot
 * be opened runs without one.
 */
final class BatchRuns implements DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(BatchRuns.class);

	/** Time for the application's own listeners, which may still change the outcome. */
	private static final long GRACE_MILLIS = 1_000;

	private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, (task) -> {
		Thread thread = new Thread(task, "progress-batch");
		thread.setDaemon(true);
		return thread;
	});

	private final ProgressTracker tracker;

	private final JobRepository repository;

	private final BatchStop stop;

	private final BatchRegistry registry;

	private final BatchThreads threads;

	private final BatchSettings settings;

	private final ApplicationEventPublisher events;

	BatchRuns(ProgressTracker tracker, JobRepository repository, BatchStop stop, BatchRegistry registry,
			BatchThreads threads, BatchSettings settings, ApplicationEventPublisher events) {
		this.tracker = tracker;
		this.repository = repository;
		this.stop = stop;
		this.registry = registry;
		this.threads = threads;
		this.settings = settings;
		this.events = events;
		this.scheduler.setKeepAliveTime(10, TimeUnit.SECONDS);
		this.scheduler.allowCoreThreadTimeOut(true);
	}

	@Nullable BatchRun find(JobExecution execution) {
		return this.registry.find(execution);
	}

	void begin(Job job, JobExecution execution) {
		String name = execution.getJobInstance().getJobName();
		if (!this.settings.excludes(name) && this.registry.find(execution) == null) {
			ForeignCode.run(() -> open(job, execution),
					(ex) -> logger.warn("Execution {} of '{}' runs without a job", execution.getId(), name, ex));
		}
	}

	private void open(Job job, JobExecution execution) {
		Launch told = this.threads.launch();
		Launch launch = (told != null) ? told : Launch.UNKNOWN;
		StepHistory history = this.settings.history() ? StepHistory.of(this.repository, execution) : StepHistory.NONE;
		BatchIdentity identity = BatchIdentity.of(execution, this.repository, this.settings);
		ProgressJob opened = open(spec(execution, launch), launch.id(), execution);
		BatchRun run = new BatchRun(opened, execution, JobStructure.stages(job), history, launch.step());
		this.registry.add(run);
		opened.reporter().data("batch", identity.data());
		run.begin(identity.earlier());
		var ignored = opened.reporter().onCancel(() -> this.stop.stop(run));
		this.events
			.publishEvent(new BatchJobStarted(opened.id(), execution.getJobInstance().getJobName(), execution.getId()));
	}

	private JobSpec spec(JobExecution execution, Launch launch) {
		String batchName = execution.getJobInstance().getJobName();
		String parameter = this.settings.ownerParameter();
		String named = (parameter != null) ? text(execution, parameter) : null;
		String owner = (named != null) ? named : launch.owner();
		JobSpec spec = JobSpec.named(JobNames.name(this.settings.names().getOrDefault(batchName, batchName)))
			.withParent(launch.parent())
			.withWebhook(launch.webhook());
		return (owner != null) ? spec.withOwner(owner) : spec;
	}

	private static @Nullable String text(JobExecution execution, String parameter) {
		var value = execution.getJobParameters().getParameter(parameter);
		return (value != null && value.value() != null) ? value.value().toString() : null;
	}

	/**
	 * Opens a job under the id that the client wants, else under that of the execution,
	 * else, because an empty database counts from 1 again, under a new one.
	 */
	private ProgressJob open(JobSpec spec, @Nullable JobId wanted, JobExecution execution) {
		if (wanted != null) {
			try {
				return this.tracker.open(spec.withId(wanted));
			}
			catch (DuplicateJobException ex) {
				logger.debug("The id that a client chose is taken", ex);
			}
		}
		JobId own = JobNames.id(execution.getJobInstance().getJobName(), execution.getId());
		try {
			return this.tracker.open(spec.withId(own).onDuplicate(DuplicateJobs.REPLACE));
		}
		catch (DuplicateJobException ex) {
			logger.debug("Id '{}' is taken", own, ex);
			return this.tracker.open(spec);
		}
	}

	/**
	 * Ends a job soon, for the case that a listener of the application throws before the
	 * one that ends it is called.
	 */
	void endSoon(JobExecution execution) {
		BatchRun run = this.registry.find(execution);
		if (run != null) {
			var ignored = this.scheduler.schedule(() -> end(run), GRACE_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	void end(Job job, JobExecution execution) {
		// Without a beginning if its parameters are invalid or it was stopped before.
		begin(job, execution);
		BatchRun run = this.registry.find(execution);
		if (run != null) {
			end(run);
		}
	}

	private void end(BatchRun run) {
		this.registry.remove(run);
		ForeignCode.run(run::end, (ex) -> logger.warn("Job '{}' cannot be ended", run.id(), ex));
	}

	@Override
	public void destroy() {
		this.scheduler.shutdownNow();
	}

}
