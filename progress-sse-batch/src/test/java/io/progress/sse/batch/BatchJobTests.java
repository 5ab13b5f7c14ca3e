package io.progress.sse.batch;

import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Executions of simple jobs, as viewers see them.
 */
class BatchJobTests {

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void anExecutionThatCompletesIsDoneWithTheCountsOfItsSteps(boolean jdbc) throws Exception {
		try (BatchApplication application = start(jdbc)) {
			JobExecution execution = application.run("importJob");
			String id = "batch-importJob-" + execution.getId();
			ProgressEvent end = application.recorder().end(id);
			assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
			assertThat(end.state()).isEqualTo(JobState.DONE);
			assertThat(end.job()).isEqualTo("importJob");
			assertThat(end.progress().fraction()).isEqualTo(1.0);
			assertThat(application.recorder().phases(id)).containsExactly("load", "check");
			assertThat(end.data()).containsEntry("exit_code", "COMPLETED");
			assertThat((Map<?, ?>) end.data().get("counts")).asString()
				.isEqualTo("{read=45, written=43, filtered=2, skipped=0, commits=6, rollbacks=0}");
			assertThat(application.get(BatchJobs.class).find(execution.getId())).map(Object::toString).hasValue(id);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void anExecutionThatFailsIsFailedWithItsExitCodeAndWithoutItsStackTrace(boolean jdbc) throws Exception {
		try (BatchApplication application = start(jdbc)) {
			JobExecution execution = application.run("failingJob");
			ProgressEvent end = application.recorder().end("batch-failingJob-" + execution.getId());
			assertThat(execution.getExitStatus().getExitDescription()).contains("secret");
			assertThat(end.state()).isEqualTo(JobState.FAILED);
			assertThat(end.error().code()).isEqualTo("FAILED");
			assertThat(end.error().message()).isEqualTo("The job ended with exit code FAILED");
			assertThat(end.toString()).doesNotContain("secret").doesNotContain("Exception");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aCustomExitCodeIsShown(boolean jdbc) throws Exception {
		try (BatchApplication application = start(jdbc)) {
			JobExecution execution = application.run("customJob");
			ProgressEvent end = application.recorder().end("batch-customJob-" + execution.getId());
			assertThat(end.state()).isEqualTo(JobState.DONE);
			assertThat(end.data()).containsEntry("exit_code", "NOTHING TO DO");
		}
	}

	private static BatchApplication start(boolean jdbc) {
		return jdbc ? BatchApplication.jdbc(Jobs.class) : BatchApplication.resourceless(Jobs.class);
	}

	@Configuration(proxyBeanMethods = false)
	static class Jobs {

		@Bean
		Job importJob(JobRepository repository, PlatformTransactionManager transactions) {
			return new JobBuilder("importJob", repository)
				.start(BatchApplication.numbers("load", 42, repository, transactions,
						(item) -> (item % 20 == 0) ? null : item))
				.next(BatchApplication.numbers("check", 3, repository, transactions))
				.build();
		}

		@Bean
		Job failingJob(JobRepository repository, PlatformTransactionManager transactions) {
			return new JobBuilder("failingJob", repository)
				.start(BatchApplication.numbers("load", 42, repository, transactions, (item) -> {
					if (item == 33) {
						throw new IllegalStateException("secret");
					}
					return item;
				}))
				.build();
		}

		@Bean
		Job customJob(JobRepository repository, PlatformTransactionManager transactions) {
			return new JobBuilder("customJob", repository)
				.start(new StepBuilder("look", repository).tasklet((contribution, context) -> {
					contribution.setExitStatus(new ExitStatus("NOTHING TO DO"));
					return RepeatStatus.FINISHED;
				}, transactions).build())
				.build();
		}

	}

}
