package io.progress.sse.batch;

import org.springframework.batch.core.job.AbstractJob;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.step.AbstractStep;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Attaches the listeners to the jobs and steps that are beans, and looks into the job
 * operator for jobs that are built later.
 */
final class BatchPostProcessor implements BeanPostProcessor {

	private final BatchAttachment attachment;

	private final LaunchInterceptor launches;

	BatchPostProcessor(BatchAttachment attachment, LaunchInterceptor launches) {
		this.attachment = attachment;
		this.launches = launches;
	}

	BatchThreads threads() {
		return this.launches.threads();
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof AbstractJob job) {
			this.attachment.attach(job);
		}
		else if (bean instanceof AbstractStep step) {
			this.attachment.attachStep(step);
		}
		else if (bean instanceof JobOperator operator) {
			return this.launches.into(operator);
		}
		return bean;
	}

}
