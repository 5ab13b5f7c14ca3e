package io.progress.sse.aop;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import io.progress.sse.ProgressReporter;
import io.progress.sse.RequestContext;
import io.progress.sse.Scope;
import io.progress.sse.TrackProgress;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Expressions of the annotation.
 */
class CallExpressionTests {

	@Test
	void readArgumentsByName() {
		run((jobs, work) -> {
			work.byName(new Order("order-17", "ada"), ProgressReporter.current());
			assertThat(jobs.only().id()).isEqualTo(JobId.of("order-17"));
			assertThat(jobs.only().owner()).isEqualTo("ada");
		});
	}

	@Test
	void readArgumentsByIndex() {
		run((jobs, work) -> {
			work.byIndex("job-9");
			assertThat(jobs.only().id()).isEqualTo(JobId.of("job-9"));
		});
	}

	@Test
	void readTheMethodAndBeans() {
		run((jobs, work) -> {
			work.byMethod();
			assertThat(jobs.only().id()).isEqualTo(JobId.of("byMethod-nightly"));
		});
	}

	@Test
	void giveWayToTheIdThatTheRequestBrought() {
		run((jobs, work) -> {
			Scope scope = new RequestContext(JobId.of("chosen-by-client-1"), "eve", (job) -> {
			}).activate();
			work.byName(new Order("order-17", "ada"), ProgressReporter.current());
			scope.close();
			assertThat(jobs.only().id()).isEqualTo(JobId.of("chosen-by-client-1"));
			assertThat(jobs.only().owner()).isEqualTo("ada");
		});
	}

	@Test
	void areNotEvaluatedWhenTheRequestBroughtAnId() {
		run((jobs, work) -> {
			Scope scope = new RequestContext(JobId.of("chosen-by-client-1"), "eve", (job) -> {
			}).activate();
			work.byIndex("not an id");
			scope.close();
			assertThat(jobs.only().id()).isEqualTo(JobId.of("chosen-by-client-1"));
			StepVerifier.create(work.reactive("not an id")
				.contextWrite((context) -> context.put(RequestContext.class,
						new RequestContext(JobId.of("chosen-by-client-2"), "eve", (job) -> {
						}))))
				.expectComplete()
				.verify(Duration.ofSeconds(5));
			assertThat(jobs.started()).extracting(JobInfo::id).contains(JobId.of("chosen-by-client-2"));
		});
	}

	@Test
	void makeNoOwnerOfABlankName() {
		run((jobs, work) -> {
			work.byName(new Order("order-17", " "), ProgressReporter.current());
			assertThat(jobs.only().owner()).isNull();
		});
	}

	@Test
	void makeARandomIdOfNull() {
		run((jobs, work) -> {
			work.byIndex(null);
			assertThat(jobs.started()).extracting(JobInfo::id).hasSize(1);
		});
	}

	@Test
	void mustGiveAnId() {
		run((jobs, work) -> {
			assertThatIllegalArgumentException().isThrownBy(() -> work.byIndex("not an id"))
				.withMessageContaining("'jobId' must be 1 to 128 characters of [A-Za-z0-9_-]")
				.withMessageContaining("Work.byIndex");
			assertThat(jobs.started()).isEmpty();
		});
	}

	private static void run(Scenario scenario) {
		TrackedApplication.with(Config.class)
			.withBean("season", String.class, () -> "nightly")
			.run((context) -> scenario.run(context.getBean(RecordedJobs.class), context.getBean(Work.class)));
	}

	interface Scenario {

		void run(RecordedJobs jobs, Work work);

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Work.class)
	static class Config {

	}

	record Order(String id, String customer) {

	}

	static class Work {

		@TrackProgress(jobId = "#order.id", owner = "#order.customer")
		void byName(Order order, ProgressReporter progress) {
		}

		@TrackProgress(jobId = "#a0")
		void byIndex(String id) {
		}

		@TrackProgress(jobId = "#a0")
		Mono<Void> reactive(String id) {
			return Mono.empty();
		}

		@TrackProgress(jobId = "#root.method.name + '-' + @season")
		void byMethod() {
		}

	}

}
