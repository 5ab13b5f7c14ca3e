package io.progress.sse.aop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.progress.sse.ProgressException;
import io.progress.sse.ProgressReporter;
import io.progress.sse.TrackProgress;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A tracked method that works on its caller's thread.
 */
class BlockingMethodTests {

	@Test
	void isOneJobFromItsCallToItsReturn() {
		run((jobs, service) -> {
			assertThat(service.render(3, ProgressReporter.current())).isEqualTo("3 pages");
			assertThat(jobs.only().name()).isEqualTo("render");
			assertThat(jobs.states()).containsExactly(JobState.QUEUED, JobState.RUNNING, JobState.DONE);
			assertThat(jobs.end().progress().completed()).isEqualTo(3);
			assertThat(jobs.end().result()).isNull();
		});
	}

	@Test
	void takesNullForAReporter() {
		run((jobs, service) -> {
			service.render(2, null);
			assertThat(jobs.end().progress().completed()).isEqualTo(2);
		});
	}

	@Test
	void failsWithAFixedTextAndThrowsItsOwnException() {
		run((jobs, service) -> {
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> service.fail("secret"))
				.withMessage("secret");
			assertThat(jobs.end().state()).isEqualTo(JobState.FAILED);
			assertThat(jobs.end().error().code()).isEqualTo("internal");
			assertThat(jobs.end().error().message()).doesNotContain("secret");
			assertThat(jobs.only().name()).isEqualTo("Service.fail");
		});
	}

	@Test
	void failsWithTheWordsThatTheApplicationChose() {
		run((jobs, service) -> {
			assertThatExceptionOfType(ProgressException.class).isThrownBy(service::refuse);
			assertThat(jobs.end().error().code()).isEqualTo("too-big");
			assertThat(jobs.end().error().message()).isEqualTo("At most 10 pages");
		});
	}

	@Test
	void showsItsResultOnlyWhenAsked() {
		run((jobs, service) -> {
			service.publish();
			assertThat(jobs.end().result()).isEqualTo(Map.of("pages", 3));
		});
	}

	@Test
	void leavesNothingOnItsThread() {
		run((jobs, service) -> {
			service.render(1, ProgressReporter.current());
			assertThat(ProgressReporter.current().isActive()).isFalse();
		});
	}

	@Test
	void reportsThroughTheInjectedReporter() {
		run((jobs, service) -> {
			service.injected();
			assertThat(jobs.end().progress().completed()).isEqualTo(7);
			assertThat(service.injectedJob()).isEmpty();
		});
	}

	private static void run(Scenario scenario) {
		TrackedApplication.with(Config.class)
			.run((context) -> scenario.run(context.getBean(RecordedJobs.class), context.getBean(Service.class)));
	}

	interface Scenario {

		void run(RecordedJobs jobs, Service service);

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Service.class)
	static class Config {

	}

	record Report(int pages) {

	}

	static class Service {

		private final ProgressReporter reporter;

		Service(ProgressReporter reporter) {
			this.reporter = reporter;
		}

		@TrackProgress("render")
		String render(int pages, ProgressReporter progress) {
			List<Integer> seen = new ArrayList<>();
			Consumer<Integer> page = seen::add;
			progress.each(List.of(1, 2, 3).subList(0, pages)).forEach(page);
			return seen.size() + " pages";
		}

		@TrackProgress
		void fail(String why) {
			throw new IllegalStateException(why);
		}

		@TrackProgress
		void refuse() {
			throw new ProgressException("too-big", "At most 10 pages");
		}

		@TrackProgress(exposeResult = true)
		Report publish() {
			return new Report(3);
		}

		@TrackProgress
		void injected() {
			this.reporter.advance(7);
		}

		Optional<JobId> injectedJob() {
			this.reporter.advance(100);
			return this.reporter.jobId();
		}

	}

}
