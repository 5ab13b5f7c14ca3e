package io.progress.sse.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.listener.ChunkListener;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.boot.batch.autoconfigure.BatchTaskExecutor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

import io.progress.sse.JobListener;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;
import io.progress.sse.RequestContext;
import io.progress.sse.Scope;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Executions that are stopped, restarted, built at run time or launched by a request.
 */
class BatchLifeTests {

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aJobThatIsCancelledStopsItsExecutionAndThoseThatItHasLaunched(boolean jdbc) throws Exception {
		try (BatchApplication application = jdbc ? BatchApplication.jdbc(Jobs.class)
				: BatchApplication.resourceless(Jobs.class)) {
			Gate gate = application.get(Gate.class);
			JobExecution execution = application.run("slowJob");
			assertThat(gate.reached.await(60, TimeUnit.SECONDS)).isTrue();
			JobId id = JobId.of("batch-slowJob-" + execution.getId());
			assertThat(application.get(ProgressTracker.class).requestCancel(id).block()).isTrue();
			Awaitility.await()
				.until(() -> application.get(BatchRegistry.class)
					.running()
					.stream()
					.allMatch((run) -> run.execution()
						.getStepExecutions()
						.stream()
						.allMatch((step) -> step.isTerminateOnly() || !step.getStatus().isRunning())));
			gate.open.countDown();
			Awaitility.await().until(() -> !execution.getStatus().isRunning());
			ProgressEvent end = awaitEnd(application, id.value());
			assertThat(execution.getStatus()).isEqualTo(BatchStatus.STOPPED);
			assertThat(end.state()).isEqualTo(JobState.CANCELLED);
			assertThat(end.progress().completed()).isLessThan(1_000L);
		}
	}

	@Test
	void aRestartIsTheNextAttemptAndNamesTheExecutionBefore() throws Exception {
		try (BatchApplication application = BatchApplication.jdbc(Jobs.class)) {
			application.get(Gate.class).open.countDown();
			JobExecution first = application.run("onceBrokenJob", "day", "1");
			ProgressEvent failed = awaitEnd(application, "batch-onceBrokenJob-" + first.getId());
			assertThat(failed.state()).isEqualTo(JobState.FAILED);
			JobExecution second = application.run("onceBrokenJob", "day", "1");
			ProgressEvent end = awaitEnd(application, "batch-onceBrokenJob-" + second.getId());
			assertThat(end.state()).isEqualTo(JobState.DONE);
			assertThat(end.attempt()).isEqualTo(2);
			assertThat((Map<?, ?>) end.data().get("batch")).asString()
				.contains("execution=" + second.getId())
				.contains("instance=" + first.getJobInstance().getInstanceId())
				.contains("previous_execution=" + first.getId());
			// The step that was complete is not run again, and counts in full.
			assertThat(application.recorder().phases("batch-onceBrokenJob-" + second.getId()))
				.containsExactly("second");
			assertThat(end.progress().fraction()).isEqualTo(1.0);
		}
	}

	@Test
	void aJobThatIsBuiltAtRunTimeHasAJob() throws Exception {
		try (BatchApplication application = BatchApplication.jdbc(Jobs.class)) {
			Job job = new JobBuilder("built", application.get(JobRepository.class))
				.start(BatchApplication.numbers("one", 25, application.get(JobRepository.class),
						application.get(PlatformTransactionManager.class)))
				.build();
			JobExecution execution = application.run(job);
			ProgressEvent end = awaitEnd(application, "batch-built-" + execution.getId());
			assertThat(end.state()).isEqualTo(JobState.DONE);
			assertThat(end.progress().completed()).isEqualTo(25);
			assertThat(end.progress().total()).isEqualTo(25);
		}
	}

	@Test
	void theCallersIdAndOwnerGoWithTheExecutionToItsThread() throws Exception {
		try (BatchApplication application = BatchApplication.jdbc(Jobs.class)) {
			application.get(Gate.class).open.countDown();
			RequestContext request = new RequestContext(JobId.of("chosen-by-the-client"), "ada", (job) -> {
			});
			Scope scope = request.activate();
			JobExecution execution = application.run("taskletJob", "user", "bob");
			scope.close();
			ProgressEvent end = awaitEnd(application, "chosen-by-the-client");
			assertThat(end.state()).isEqualTo(JobState.DONE);
			assertThat(application.get(BatchJobs.class).find(execution.getId()).map(Object::toString))
				.hasValue("chosen-by-the-client");
			assertThat(application.get(Started.class).events).anySatisfy((event) -> {
				assertThat(event.job()).hasToString("chosen-by-the-client");
				assertThat(event.executionId()).isEqualTo(execution.getId());
			});
			assertThat(application.get(Started.class).owners).containsExactly("ada");
		}
	}

	@Test
	void propertiesNameLeaveOutAndShow() throws Exception {
		try (BatchApplication application = BatchApplication.jdbc(Jobs.class, "progress.sse.batch.exclude=slow*",
				"progress.sse.batch.names.taskletJob=Nightly report", "progress.sse.batch.owner-parameter=user",
				"progress.sse.batch.parameters=day")) {
			application.get(Gate.class).open.countDown();
			JobExecution left = application.run("slowJob");
			JobExecution shown = application.run("taskletJob", "user", "bob", "day", "monday");
			ProgressEvent end = awaitEnd(application, "batch-taskletJob-" + shown.getId());
			assertThat(end.job()).isEqualTo("Nightly report");
			assertThat(end.data().get("batch")).asString().contains("parameters={day=monday}").doesNotContain("bob");
			assertThat(application.get(Started.class).owners).containsExactly("bob");
			Awaitility.await().until(() -> !left.getStatus().isRunning());
			assertThat(application.recorder().of("batch-slowJob-" + left.getId())).isEmpty();
			assertThat(application.get(BatchJobs.class).find(left.getId())).isEmpty();
		}
	}

	@Test
	void aTaskletReportsWhatOnlyItKnows() throws Exception {
		try (BatchApplication application = BatchApplication.jdbc(Jobs.class)) {
			JobExecution execution = application.run("taskletJob");
			String id = "batch-taskletJob-" + execution.getId();
			awaitEnd(application, id);
			assertThat(application.recorder().of(id)).anySatisfy((event) -> {
				assertThat(event.message()).isEqualTo("mails");
				assertThat(event.progress().completed()).isEqualTo(7);
				assertThat(event.progress().total()).isEqualTo(7);
			});
		}
	}

	@Test
	void theApplicationsListenersKeepTheirOrderAndMayThrow() throws Exception {
		try (BatchApplication application = BatchApplication.jdbc(Jobs.class)) {
			JobExecution execution = application.run("listenedJob");
			ProgressEvent end = awaitEnd(application, "batch-listenedJob-" + execution.getId());
			assertThat(application.get(Calls.class).names).containsExactly("beforeJob 1", "beforeJob 2", "beforeStep 1",
					"beforeStep 2", "beforeChunk 1", "beforeChunk 2", "afterChunk 2", "afterChunk 1", "afterStep 2",
					"afterStep 1", "afterJob 2", "afterJob 1");
			assertThat(end.state()).isEqualTo(JobState.DONE);
			application.get(Calls.class).angry.set(true);
			JobExecution angry = application.run("listenedJob", "angry", "yes");
			// No listener around the angry one is called, and the job ends all the same.
			assertThat(awaitEnd(application, "batch-listenedJob-" + angry.getId()).state()).isEqualTo(JobState.DONE);
		}
	}

	private static ProgressEvent awaitEnd(BatchApplication application, String id) {
		Awaitility.await()
			.until(() -> application.recorder().of(id).stream().anyMatch((event) -> event.state().isTerminal()));
		return application.recorder().end(id);
	}

	static class Gate {

		final CountDownLatch reached = new CountDownLatch(1);

		final CountDownLatch open = new CountDownLatch(1);

		Integer pass(Integer item) throws InterruptedException {
			if (item == 15) {
				this.reached.countDown();
				this.open.await();
			}
			return item;
		}

	}

	static class Calls {

		final List<String> names = new ArrayList<>();

		final AtomicBoolean angry = new AtomicBoolean();

	}

	static class Started implements JobListener {

		final List<BatchJobStarted> events = new CopyOnWriteArrayList<>();

		final List<String> owners = new CopyOnWriteArrayList<>();

		@Override
		public void started(JobInfo job) {
			this.owners.add(job.owner());
		}

		@EventListener
		void begun(BatchJobStarted event) {
			this.events.add(event);
		}

	}

	record Named(Calls calls,
			String name) implements JobExecutionListener, StepExecutionListener, ChunkListener<Integer, Integer> {

		@Override
		public void beforeJob(JobExecution execution) {
			this.calls.names.add("beforeJob " + this.name);
		}

		@Override
		public void afterJob(JobExecution execution) {
			this.calls.names.add("afterJob " + this.name);
			if (this.calls.angry.get()) {
				throw new IllegalStateException("angry");
			}
		}

		@Override
		public void beforeStep(StepExecution execution) {
			this.calls.names.add("beforeStep " + this.name);
		}

		@Override
		public ExitStatus afterStep(StepExecution execution) {
			this.calls.names.add("afterStep " + this.name);
			if (this.calls.angry.get()) {
				throw new IllegalStateException("angry");
			}
			return null;
		}

		@Override
		public void beforeChunk(Chunk<Integer> chunk) {
			this.calls.names.add("beforeChunk " + this.name);
		}

		@Override
		public void afterChunk(Chunk<Integer> chunk) {
			this.calls.names.add("afterChunk " + this.name);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Jobs {

		@Bean
		Gate gate() {
			return new Gate();
		}

		@Bean
		Calls calls() {
			return new Calls();
		}

		@Bean
		Started started() {
			return new Started();
		}

		@Bean
		@BatchTaskExecutor
		TaskExecutor batchTaskExecutor() {
			return new SimpleAsyncTaskExecutor("batch-");
		}

		@Bean
		Job slowJob(JobRepository repository, PlatformTransactionManager transactions, Gate gate) {
			return new JobBuilder("slowJob", repository)
				.start(BatchApplication.numbers("slow", 1_000, repository, transactions, gate::pass))
				.build();
		}

		@Bean
		Job onceBrokenJob(JobRepository repository, PlatformTransactionManager transactions) {
			AtomicReference<RuntimeException> failure = new AtomicReference<>(new IllegalStateException("once"));
			return new JobBuilder("onceBrokenJob", repository)
				.start(BatchApplication.numbers("first", 20, repository, transactions))
				.next(BatchApplication.numbers("second", 20, repository, transactions, (item) -> {
					RuntimeException due = (item == 12) ? failure.getAndSet(null) : null;
					if (due != null) {
						throw due;
					}
					return item;
				}))
				.build();
		}

		@Bean
		Job taskletJob(JobRepository repository, PlatformTransactionManager transactions) {
			return new JobBuilder("taskletJob", repository)
				.start(new StepBuilder("mail", repository).tasklet((contribution, context) -> {
					ProgressReporter progress = ProgressReporter.current();
					progress.total(7);
					progress.message("mails");
					progress.advance(7);
					return RepeatStatus.FINISHED;
				}, transactions).build())
				.build();
		}

		@Bean
		Job listenedJob(JobRepository repository, PlatformTransactionManager transactions, Calls calls) {
			Named one = new Named(calls, "1");
			Named two = new Named(calls, "2");
			return new JobBuilder("listenedJob", repository).listener((JobExecutionListener) one)
				.listener((JobExecutionListener) two)
				.start(new StepBuilder("listened", repository).<Integer, Integer>chunk(10)
					.reader(new BatchApplication.Numbers(5))
					.writer((items) -> {
					})
					.listener((StepExecutionListener) one)
					.listener((StepExecutionListener) two)
					.listener((ChunkListener<Integer, Integer>) one)
					.listener((ChunkListener<Integer, Integer>) two)
					.transactionManager(transactions)
					.build())
				.build();
		}

	}

}
