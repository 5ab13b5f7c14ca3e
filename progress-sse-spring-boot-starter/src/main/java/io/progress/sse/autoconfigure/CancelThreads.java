package io.progress.sse.autoconfigure;

import java.util.function.UnaryOperator;

import org.springframework.beans.factory.DisposableBean;

import io.progress.sse.engine.JobExecutor;

/**
 * The threads that run the actions of jobs that are asked to stop. They are short as a
 * rule and must run soon, so they do not wait for jobs. No executor itself, because
 * Spring Boot makes none where a bean is one.
 */
final class CancelThreads implements DisposableBean {

	private final JobExecutor executor;

	CancelThreads(ProgressProperties.CancelProperties properties) {
		this.executor = new JobExecutor(properties.threads(), properties.queueCapacity(),
				JobExecutor.daemons("progress-cancel-"), UnaryOperator.identity());
	}

	JobExecutor executor() {
		return this.executor;
	}

	@Override
	public void destroy() {
		this.executor.close();
	}

}
