package io.progress.sse.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.core.task.support.CompositeTaskDecorator;

import io.progress.sse.engine.JobExecutor;
import io.progress.sse.support.SettingRule;

/**
 * The executor of started jobs: threads of their own, so that jobs and the application's
 * other tasks do not wait for each other, or an executor that the application names. Not
 * itself an {@link Executor}, because Spring Boot creates no executor of its own if there
 * is such a bean.
 *
 * <p>
 * When the application closes, jobs have already been asked to stop; those that do not
 * check this may still end within Spring's time-out for a phase of the shutdown.
 */
final class JobThreads implements SmartLifecycle, DisposableBean {

	private static final String NAME = "progress-job-";

	/** The same phase as Spring's executors. */
	private static final int PHASE = Integer.MAX_VALUE / 2;

	private static final Duration LONG = Duration.ofDays(1);

	private final Executor executor;

	private final boolean named;

	private final ConfigurableApplicationContext context;

	private volatile boolean running;

	JobThreads(ProgressProperties.ExecutorProperties properties, List<TaskDecorator> decorators,
			ConfigurableApplicationContext context) {
		this.context = context;
		this.named = properties.bean() != null;
		this.executor = (properties.bean() != null) ? named(properties.bean(), context)
				: own(properties, new CompositeTaskDecorator(decorators), context);
	}

	private static Executor named(String bean, ConfigurableApplicationContext context) {
		SettingRule.isTrue("progress.sse.executor.bean",
				context.containsBean(bean) && context.isTypeMatch(bean, Executor.class),
				"must be the name of a bean of type Executor", bean);
		return context.getBean(bean, Executor.class);
	}

	private static JobExecutor own(ProgressProperties.ExecutorProperties properties, TaskDecorator decorator,
			ConfigurableApplicationContext context) {
		int threads = properties.threads();
		int queue = properties.queueCapacity();
		return Threading.VIRTUAL.isActive(context.getEnvironment())
				? new JobExecutor(threads + queue, 0, new VirtualThreadTaskExecutor(NAME).getVirtualThreadFactory(),
						decorator::decorate)
				: new JobExecutor(threads, queue, JobExecutor.daemons(NAME), decorator::decorate);
	}

	Executor executor() {
		return this.executor;
	}

	/** Our own executor; {@code null} if the application has named another one. */
	@Nullable JobExecutor own() {
		return (this.executor instanceof JobExecutor own && !this.named) ? own : null;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		JobExecutor own = own();
		if (own != null && this.context.isClosed()) {
			JobExecutor.daemons(NAME + "end-").newThread(() -> {
				awaitIdle(own);
				callback.run();
			}).start();
		}
		else {
			callback.run();
		}
	}

	private static void awaitIdle(JobExecutor own) {
		try {
			own.awaitIdle(LONG);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public void destroy() {
		JobExecutor own = own();
		if (own != null) {
			own.stop();
		}
	}

}
