package io.progress.sse.autoconfigure;

import java.util.function.UnaryOperator;

import org.springframework.beans.factory.DisposableBean;

import io.progress.sse.engine.JobExecutor;

/**
 * The threads of cancel actions. These are usually short and must run soon, so they do
 * not share the threads of jobs. Not itself an {@code Executor}, because Spring Boot
 * creates no executor of its own if there is such a bean.
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
