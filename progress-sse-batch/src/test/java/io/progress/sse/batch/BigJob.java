package io.progress.sse.batch;

import java.util.HashMap;
import java.util.Map;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.FlowBuilder;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.flow.Flow;
import org.springframework.batch.core.job.flow.FlowExecutionStatus;
import org.springframework.batch.core.job.flow.JobExecutionDecider;
import org.springframework.batch.core.job.flow.support.SimpleFlow;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * A job of ten steps with a split, a decision, a nested job and eight partitions.
 */
@Configuration(proxyBeanMethods = false)
class BigJob {

	@Bean
	Job inner(JobRepository repository, PlatformTransactionManager transactions) {
		return new JobBuilder("inner", repository)
			.start(BatchApplication.numbers("inner1", 30, repository, transactions))
			.next(BatchApplication.numbers("inner2", 20, repository, transactions))
			.build();
	}

	@Bean
	Job big(JobRepository repository, PlatformTransactionManager transactions, JobOperator operator, Job inner) {
		Step prepare = tasklet("prepare", repository, transactions);
		Flow left = new FlowBuilder<SimpleFlow>("left")
			.start(BatchApplication.numbers("left1", 60, repository, transactions))
			.next(BatchApplication.numbers("left2", 40, repository, transactions))
			.build();
		Flow right = new FlowBuilder<SimpleFlow>("right")
			.start(BatchApplication.numbers("right", 80, repository, transactions))
			.build();
		Flow split = new FlowBuilder<SimpleFlow>("split").split(new SimpleAsyncTaskExecutor()).add(left, right).build();
		JobExecutionDecider decision = (job, step) -> new FlowExecutionStatus("PUBLISH");
		Step publish = BatchApplication.numbers("publish", 25, repository, transactions);
		Step nested = new StepBuilder("nested", repository).job(inner).operator(operator).build();
		Flow all = new FlowBuilder<SimpleFlow>("all").start(prepare)
			.next(BatchApplication.numbers("load", 100, repository, transactions,
					(item) -> (item % 10 == 0) ? null : item))
			.next(split)
			.next(decision)
			.on("PUBLISH")
			.to(publish)
			.from(decision)
			.on("DISCARD")
			.to(tasklet("discard", repository, transactions))
			.from(publish)
			.next(nested)
			.next(parts(repository, transactions))
			.next(BatchApplication.numbers("report", 15, repository, transactions))
			.next(tasklet("cleanup", repository, transactions))
			.build();
		return new JobBuilder("big", repository).start(all).end().build();
	}

	private static Step parts(JobRepository repository, PlatformTransactionManager transactions) {
		SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor();
		threads.setConcurrencyLimit(3);
		return new StepBuilder("parts", repository).partitioner("part", partitioner())
			.step(BatchApplication.numbers("part", 50, repository, transactions))
			.gridSize(8)
			.taskExecutor(threads)
			.build();
	}

	static Partitioner partitioner() {
		return (gridSize) -> {
			Map<String, ExecutionContext> parts = new HashMap<>();
			for (int i = 0; i < gridSize; i++) {
				parts.put("partition" + i, new ExecutionContext());
			}
			return parts;
		};
	}

	private static Step tasklet(String name, JobRepository repository, PlatformTransactionManager transactions) {
		return new StepBuilder(name, repository).tasklet((contribution, context) -> RepeatStatus.FINISHED, transactions)
			.build();
	}

}
