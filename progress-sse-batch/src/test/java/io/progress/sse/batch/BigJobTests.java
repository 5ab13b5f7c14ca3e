package io.progress.sse.batch;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * A job with all kinds of steps, watched from its begin to its end.
 */
class BigJobTests {

	@Test
	void theStagesOfAJobAreKnownBeforeItRuns() {
		try (BatchApplication application = BatchApplication.jdbc(BigJob.class)) {
			Job job = (Job) application.context().getBean("big");
			assertThat(JobStructure.stages(job)).extracting(Stage::name)
				.containsExactly("prepare", "load", "left1 + left2 + right", "discard", "publish", "nested", "parts",
						"report", "cleanup");
		}
	}

	@Test
	void aBigJobIsWatchedFromItsBeginToItsEnd() throws Exception {
		try (BatchApplication application = BatchApplication.jdbc(BigJob.class)) {
			JobExecution execution = application.run("big", "run", "1");
			check(application, execution);
			// The second run knows what the steps of the first have taken.
			check(application, application.run("big", "run", "2"));
		}
	}

	@SuppressWarnings("unchecked")
	static void check(BatchApplication application, JobExecution execution) {
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		String id = "batch-big-" + execution.getId();
		ProgressEvent end = application.recorder().end(id);
		assertThat(end.state()).isEqualTo(JobState.DONE);
		assertThat(end.progress().fraction()).isCloseTo(1.0, within(1e-9));
		assertThat(application.recorder().phases(id)).containsExactly("prepare", "load", "left1 + left2 + right",
				"publish", "nested", "parts", "report", "cleanup");
		JobExecution stored = application.get(JobRepository.class).getJobExecution(execution.getId());
		Map<String, Number> counts = (Map<String, Number>) end.data().get("counts");
		assertThat(counts.get("read").longValue()).isEqualTo(100 + 60 + 40 + 80 + 25 + 8 * 50 + 15)
			.isEqualTo(stored.getStepExecutions()
				.stream()
				.filter((step) -> !step.getStepName().contains(":"))
				.mapToLong(StepExecution::getReadCount)
				.sum());
		assertThat(counts.get("filtered").longValue()).isEqualTo(10);
		assertThat(counts.get("written").longValue()).isEqualTo(counts.get("read").longValue() - 10);
		JobExecution inner = application.get(JobRepository.class)
			.getJobExecutions(application.get(JobRepository.class).getLastJobInstance("inner"))
			.get(0);
		ProgressEvent nested = application.recorder().end("batch-inner-" + inner.getId());
		assertThat(nested.parent()).hasToString(id);
		assertThat(nested.state()).isEqualTo(JobState.DONE);
	}

}
