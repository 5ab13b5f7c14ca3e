package io.progress.sse.batch;

import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.launch.JobOperator;

import io.progress.sse.CurrentUser;
import io.progress.sse.DuplicateJobException;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;
import io.progress.sse.RequestContext;
import io.progress.sse.event.JobId;
import io.progress.sse.support.ForeignCode;

/**
 * Goes around the job operator: attaches the listeners to jobs that are built at run
 * time, and remembers who launched a job, because it may run on another thread.
 */
final class LaunchInterceptor implements MethodInterceptor {

	private static final Logger logger = LoggerFactory.getLogger(LaunchInterceptor.class);

	private final BatchAttachment attachment;

	private final BatchThreads threads;

	private final Supplier<@Nullable JobRegistry> jobs;

	private final Supplier<ProgressTracker> tracker;

	private final CurrentUser user;

	LaunchInterceptor(BatchAttachment attachment, BatchThreads threads, Supplier<@Nullable JobRegistry> jobs,
			Supplier<ProgressTracker> tracker, CurrentUser user) {
		this.attachment = attachment;
		this.threads = threads;
		this.jobs = jobs;
		this.tracker = tracker;
		this.user = user;
	}

	BatchThreads threads() {
		return this.threads;
	}

	JobOperator into(JobOperator operator) {
		if (operator instanceof Advised advised && !advised.isFrozen()) {
			advised.addAdvice(0, this);
			return operator;
		}
		ProxyFactory factory = new ProxyFactory(operator);
		factory.setProxyTargetClass(true);
		factory.addAdvice(this);
		return ForeignCode.ask(() -> (JobOperator) factory.getProxy(operator.getClass().getClassLoader()), operator,
				(ex) -> logger.debug("Jobs that are built at run time are not seen by {}", operator.getClass(), ex));
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Object[] arguments = invocation.getArguments();
		if (arguments.length > 0 && isLaunch(invocation.getMethod().getName())) {
			Job job = job(arguments[0]);
			if (job != null) {
				this.attachment.attach(job);
			}
			if (arguments[0] instanceof Job given) {
				arguments[0] = new LaunchedJob(given, launch(), this.threads);
			}
		}
		return invocation.proceed();
	}

	private static boolean isLaunch(String method) {
		return method.startsWith("start") || method.equals("run") || method.equals("restart");
	}

	private @Nullable Job job(Object argument) {
		if (argument instanceof Job job) {
			return job;
		}
		String name = (argument instanceof JobExecution execution) ? execution.getJobInstance().getJobName()
				: (argument instanceof String text) ? text : null;
		JobRegistry registry = this.jobs.get();
		return (name != null && registry != null) ? registry.getJob(name) : null;
	}

	/**
	 * Returns what this thread knows of its caller.
	 * @throws DuplicateJobException if the client wants an id that a running job has
	 */
	private Launch launch() {
		RequestContext request = RequestContext.current();
		StepRun step = this.threads.step();
		Optional<JobId> parent = ProgressReporter.current().jobId();
		JobId id = (request != null && parent.isEmpty()) ? request.takeId() : null;
		URI webhook = (request != null && parent.isEmpty()) ? request.takeWebhook() : null;
		if (id != null && this.tracker.get().find(id).isPresent()) {
			throw new DuplicateJobException(id);
		}
		String owner = (request != null) ? request.owner() : null;
		if (owner == null && parent.isEmpty()) {
			owner = caller();
		}
		return new Launch(id, owner, webhook, parent.orElse(null), step);
	}

	private @Nullable String caller() {
		try {
			return this.user.name();
		}
		catch (Throwable failure) {
			ForeignCode.report(failure,
					(ex) -> logger.warn("The current user could not be determined, so a job has no owner", ex));
			return null;
		}
	}

}
