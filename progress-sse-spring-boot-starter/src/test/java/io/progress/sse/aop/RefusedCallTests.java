package io.progress.sse.aop;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.validation.ConstraintViolationException;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.annotation.Secured;
import org.springframework.security.access.prepost.PostAuthorize;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.method.configuration.EnableReactiveMethodSecurity;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.validation.annotation.Validated;

import io.progress.sse.ProgressReporter;
import io.progress.sse.TrackProgress;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A call that method security or validation refuses is no job, and one that they let pass
 * is a job as always.
 */
class RefusedCallTests {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	@AfterEach
	void logOut() {
		SecurityContextHolder.clearContext();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void isNoJobWhenSecurityRefuses(boolean classProxies) {
		run(classProxies, (jobs, work, transactions) -> {
			as("guest");
			assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> work.plain("a", null));
			assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> work.secured(null));
			assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> work.everything("a", null));
			assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> work.future("a", null));
			assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> work.cached("a", null));
			assertThat(jobs.started()).isEmpty();
			assertThat(transactions.log()).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void isNoJobWhenValidationRefuses(boolean classProxies) {
		run(classProxies, (jobs, work, transactions) -> {
			as("admin");
			assertThatExceptionOfType(ConstraintViolationException.class).isThrownBy(() -> work.plain("", null));
			assertThatExceptionOfType(ConstraintViolationException.class).isThrownBy(() -> work.everything("", null));
			assertThatExceptionOfType(ConstraintViolationException.class).isThrownBy(() -> work.future("", null));
			assertThatExceptionOfType(ConstraintViolationException.class).isThrownBy(() -> work.cached("", null));
			assertThat(jobs.started()).isEmpty();
			assertThat(transactions.log()).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void isAJobWhenBothLetItPass(boolean classProxies) {
		run(classProxies, (jobs, work, transactions) -> {
			as("admin");
			work.everything("a", ProgressReporter.current());
			assertThat(jobs.end("everything").state()).isEqualTo(JobState.DONE);
			assertThat(jobs.end("everything").attempt()).isEqualTo(2);
			assertThat(jobs.end("everything").progress().completed()).isEqualTo(2);
			assertThat(transactions.log()).containsExactly("begin", "rollback", "begin", "commit");
			assertThat(work.future("a", null).get(5, TimeUnit.SECONDS)).isEqualTo("worker");
			assertThat(jobs.end("future").state()).isEqualTo(JobState.DONE);
			assertThat(work.plain("a", null)).isEqualTo("caller");
			assertThat(jobs.end("plain").state()).isEqualTo(JobState.DONE);
		});
	}

	@Test
	void failsWhenItsResultIsRefused() {
		run(true, (jobs, work, transactions) -> {
			as("admin");
			assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> work.secret(null));
			assertThat(jobs.end().state()).isEqualTo(JobState.FAILED);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void failsWhenValidationRefusesItsResult(boolean classProxies) {
		run(classProxies, (jobs, work, transactions) -> {
			assertThatExceptionOfType(ConstraintViolationException.class).isThrownBy(() -> work.echo("", null));
			assertThat(jobs.end().state()).isEqualTo(JobState.FAILED);
			assertThat(work.echo("a", null)).isEqualTo("a");
			assertThat(jobs.ends()).extracting(ProgressEvent::state).containsExactly(JobState.FAILED, JobState.DONE);
		});
	}

	@Test
	void isNoJobWhenReactiveSecurityRefuses() {
		reactive((jobs, work) -> {
			StepVerifier
				.create(work.one(null).contextWrite(ReactiveSecurityContextHolder.withAuthentication(token("guest"))))
				.expectError(AccessDeniedException.class)
				.verify(PATIENCE);
			StepVerifier.create(work.many(null)).expectError(AccessDeniedException.class).verify(PATIENCE);
			assertThat(jobs.started()).isEmpty();
		});
	}

	@Test
	void isAJobForEachSubscriptionThatReactiveSecurityLetsPass() {
		reactive((jobs, work) -> {
			Mono<Long> one = work.one(null)
				.repeat(2)
				.count()
				.contextWrite(ReactiveSecurityContextHolder.withAuthentication(token("admin")));
			StepVerifier.create(one).expectNext(3L).expectComplete().verify(PATIENCE);
			assertThat(jobs.ends()).hasSize(3).allSatisfy((end) -> {
				assertThat(end.state()).isEqualTo(JobState.DONE);
				assertThat(end.progress().completed()).isEqualTo(1);
			});
		});
	}

	private static void as(String role) {
		SecurityContextHolder.getContext().setAuthentication(token(role));
	}

	private static TestingAuthenticationToken token(String role) {
		return new TestingAuthenticationToken(role, "", "ROLE_" + role);
	}

	private static ApplicationContextRunner application(Class<?> config) {
		return TrackedApplication.with(config)
			.withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class));
	}

	private static void run(boolean classProxies, Scenario scenario) {
		application(Config.class).withPropertyValues("spring.aop.proxy-target-class=" + classProxies)
			.run((context) -> scenario.run(context.getBean(RecordedJobs.class), context.getBean(Work.class),
					context.getBean(RecordingTransactionManager.class)));
	}

	private static void reactive(ReactiveScenario scenario) {
		application(ReactiveConfig.class)
			.run((context) -> scenario.run(context.getBean(RecordedJobs.class), context.getBean(ReactiveWork.class)));
	}

	interface Scenario {

		void run(RecordedJobs jobs, Work work, RecordingTransactionManager transactions) throws Exception;

	}

	interface ReactiveScenario {

		void run(RecordedJobs jobs, ReactiveWork work);

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	@EnableCaching
	@EnableResilientMethods
	@EnableTransactionManagement
	@EnableMethodSecurity(securedEnabled = true)
	@Import(RecordingTransactionManager.class)
	static class Config {

		@Bean
		Work work() {
			return new SecuredWork();
		}

		@Bean
		CacheManager cacheManager() {
			return new ConcurrentMapCacheManager("work");
		}

	}

	@Validated
	interface Work {

		String plain(@NotBlank String input, @Nullable ProgressReporter progress);

		void secured(@Nullable ProgressReporter progress);

		/** Behind a JDK proxy Spring looks for this annotation here only. */
		@Retryable(maxRetries = 2, delay = 1)
		void everything(@NotBlank String input, @Nullable ProgressReporter progress);

		CompletableFuture<String> future(@NotBlank String input, @Nullable ProgressReporter progress);

		String cached(@NotBlank String input, @Nullable ProgressReporter progress);

		String secret(@Nullable ProgressReporter progress);

		@NotBlank
		String echo(String input, @Nullable ProgressReporter progress);

	}

	static class SecuredWork implements Work {

		private final AtomicInteger attempts = new AtomicInteger();

		private final Thread caller = Thread.currentThread();

		@Override
		@PreAuthorize("hasRole('admin')")
		@TrackProgress("plain")
		public String plain(String input, @Nullable ProgressReporter progress) {
			return where();
		}

		@Override
		@Secured("ROLE_admin")
		@TrackProgress("secured")
		public void secured(@Nullable ProgressReporter progress) {
		}

		@Override
		@Async
		@Transactional
		@PreAuthorize("hasRole('admin')")
		@TrackProgress("everything")
		public void everything(String input, @Nullable ProgressReporter progress) {
			if (this.attempts.incrementAndGet() == 1) {
				throw new IllegalStateException("not yet");
			}
			progress.advance(2);
		}

		@Override
		@Async
		@PreAuthorize("hasRole('admin')")
		@TrackProgress("future")
		public CompletableFuture<String> future(String input, @Nullable ProgressReporter progress) {
			return CompletableFuture.completedFuture(where());
		}

		@Override
		@Cacheable("work")
		@PreAuthorize("hasRole('admin')")
		@TrackProgress("cached")
		public String cached(String input, @Nullable ProgressReporter progress) {
			return input;
		}

		@Override
		@PostAuthorize("returnObject == 'public'")
		@TrackProgress("secret")
		public String secret(@Nullable ProgressReporter progress) {
			return "secret";
		}

		@Override
		@TrackProgress("echo")
		public String echo(String input, @Nullable ProgressReporter progress) {
			return input;
		}

		private String where() {
			return (Thread.currentThread() == this.caller) ? "caller" : "worker";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement
	@EnableResilientMethods
	@EnableReactiveMethodSecurity
	@Import(ReactiveWork.class)
	static class ReactiveConfig {

	}

	static class ReactiveWork {

		@PreAuthorize("hasRole('admin')")
		@Retryable(maxRetries = 1, delay = 1)
		@TrackProgress
		Mono<String> one(@Nullable ProgressReporter progress) {
			return Mono.fromSupplier(() -> {
				progress.advance();
				return "one";
			});
		}

		@PreAuthorize("hasRole('admin')")
		@TrackProgress
		Flux<String> many(@Nullable ProgressReporter progress) {
			return Flux.just("many");
		}

	}

}
