package io.progress.sse.aop;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.interceptor.AsyncExecutionInterceptor;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.resilience.retry.AbstractRetryInterceptor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionInterceptor;

import io.progress.sse.ProgressReporter;
import io.progress.sse.TrackProgress;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code @Async @Retryable @Transactional @TrackProgress} on one method.
 */
class AdviceChainTests {

	@ParameterizedTest
	@ValueSource(strings = { "spring.aop.auto=true", "spring.aop.auto=false", "spring.aop.proxy-target-class=false" })
	void standsInOneOrderHoweverProxiesAreMade(String property) {
		TrackedApplication.with(Config.class)
			.withPropertyValues(property)
			.run((context) -> assertThat(chain((Advised) context.getBean("work"))).containsExactly("subscription",
					"admission", "async", "execution", "retry", "transaction", "attempt"));
	}

	@Test
	void isOneJobThatIsDoneAfterTheCommit() {
		run((jobs, transactions, work) -> {
			transactions.onCommit(() -> assertThat(jobs.ends()).isEmpty());
			work.convert(0, ProgressReporter.current());
			ProgressEvent end = jobs.end();
			assertThat(end.state()).isEqualTo(JobState.DONE);
			assertThat(end.attempt()).isEqualTo(1);
			assertThat(end.progress().completed()).isEqualTo(10);
			assertThat(transactions.log()).containsExactly("begin", "commit");
		});
	}

	@Test
	void countsAttemptsWithinTheSameJob() {
		run((jobs, transactions, work) -> {
			work.convert(2, ProgressReporter.current());
			ProgressEvent end = jobs.end();
			assertThat(end.state()).isEqualTo(JobState.DONE);
			assertThat(end.attempt()).isEqualTo(3);
			assertThat(end.progress().completed()).isEqualTo(10);
			assertThat(transactions.log()).containsExactly("begin", "rollback", "begin", "rollback", "begin", "commit");
		});
	}

	@Test
	void failsWhenTheLastAttemptHasFailed() {
		run((jobs, transactions, work) -> {
			work.convert(9, ProgressReporter.current());
			assertThat(jobs.end().state()).isEqualTo(JobState.FAILED);
			assertThat(jobs.end().attempt()).isEqualTo(3);
		});
	}

	@Test
	void failsWhenTheCommitFails() {
		run((jobs, transactions, work) -> {
			transactions.failCommits();
			work.convert(0, ProgressReporter.current());
			assertThat(jobs.end().state()).isEqualTo(JobState.FAILED);
			assertThat(jobs.end().error().message()).doesNotContain("users_email_key");
		});
	}

	@Test
	void waitsForTheTransactionOfItsCaller() {
		run((jobs, transactions, work) -> {
			transactions.onCommit(() -> assertThat(jobs.ends()).isEmpty());
			work.outer(false);
			assertThat(jobs.end().state()).isEqualTo(JobState.DONE);
			assertThat(transactions.log()).containsExactly("begin", "commit");
		});
	}

	@Test
	void failsWhenTheTransactionOfItsCallerIsRolledBack() {
		run((jobs, transactions, work) -> {
			assertThat(work.outer(true)).isEqualTo("rolled back");
			assertThat(jobs.end().state()).isEqualTo(JobState.FAILED);
			assertThat(jobs.end().error().code()).isEqualTo("rolled-back");
		});
	}

	private static void run(Scenario scenario) {
		TrackedApplication.with(Config.class)
			.run((context) -> scenario.run(context.getBean(RecordedJobs.class),
					context.getBean(RecordingTransactionManager.class), context.getBean(Work.class)));
	}

	private static List<String> chain(Advised proxy) {
		return Stream.of(proxy.getAdvisors()).map(AdviceChainTests::name).toList();
	}

	private static String name(Advisor advisor) {
		if (advisor instanceof TrackProgressAdvisor ours) {
			return ours.place().name().toLowerCase(java.util.Locale.ROOT);
		}
		Object advice = advisor.getAdvice();
		return (advice instanceof AsyncExecutionInterceptor) ? "async" : (advice instanceof AbstractRetryInterceptor)
				? "retry" : (advice instanceof TransactionInterceptor) ? "transaction" : advice.toString();
	}

	interface Scenario {

		void run(RecordedJobs jobs, RecordingTransactionManager transactions, Work work);

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	@EnableResilientMethods
	@EnableTransactionManagement
	@Import({ Inner.class, RecordingTransactionManager.class })
	static class Config {

		@org.springframework.context.annotation.Bean
		Work work(Inner inner) {
			return new AsyncWork(inner);
		}

	}

	interface Work {

		void convert(int failures, ProgressReporter progress);

		String outer(boolean rollBack);

	}

	static class AsyncWork implements Work {

		private final AtomicInteger calls = new AtomicInteger();

		private final Inner inner;

		AsyncWork(Inner inner) {
			this.inner = inner;
		}

		@Override
		@Async
		@Retryable(maxRetries = 2, delay = 1)
		@Transactional
		@TrackProgress("convert")
		public void convert(int failures, ProgressReporter progress) {
			progress.report(5, 10);
			if (this.calls.getAndIncrement() < failures) {
				throw new IllegalStateException("not yet");
			}
			progress.report(10, 10);
		}

		@Override
		@Transactional
		public String outer(boolean rollBack) {
			this.inner.tracked();
			if (rollBack) {
				org.springframework.transaction.interceptor.TransactionAspectSupport.currentTransactionStatus()
					.setRollbackOnly();
				return "rolled back";
			}
			return "committed";
		}

	}

	static class Inner {

		@Transactional
		@TrackProgress
		void tracked() {
		}

	}

}
