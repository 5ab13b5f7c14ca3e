package io.progress.sse.actuate;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.autoconfigure.ProgressAutoConfiguration;
import io.progress.sse.autoconfigure.ProgressStreamAutoConfiguration;
import io.progress.sse.event.JobId;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.stream.admission.EventStreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

/**
 * What the actuator's endpoint tells, and to whom it is there.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ProgressEndpointTests {

	private static final String HIDDEN = "******";

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProgressAutoConfiguration.class, ProgressStreamAutoConfiguration.class,
				ProgressEndpointAutoConfiguration.class));

	private final ApplicationContextRunner exposed = this.application
		.withPropertyValues("management.endpoints.web.exposure.include=progress");

	@Test
	void isThereWhereItIsExposed() {
		this.exposed.run((context) -> assertThat(context).hasSingleBean(ProgressEndpoint.class)
			.hasSingleBean(ProgressEndpointWebExtension.class));
		this.application.run((context) -> assertThat(context).doesNotHaveBean(ProgressEndpoint.class)
			.doesNotHaveBean(RunningJobs.class));
		this.exposed.withPropertyValues("management.endpoint.progress.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(ProgressEndpoint.class));
	}

	@Test
	void isNotThereWithoutTheActuator() {
		new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withPropertyValues("management.endpoints.web.exposure.include=progress")
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ProgressTracker.class)
				.doesNotHaveBean("progressEndpoint"));
	}

	@Test
	void tellsOfRunningJobsNewestFirst() {
		run(this.exposed, (context) -> {
			open(context, "first-job", "alice");
			ProgressJob ended = open(context, "ended-job", "alice");
			ended.done();
			open(context, "second-job", "bob").begin();
			NodeProgress node = context.getBean(ProgressEndpoint.class).progress(null);
			assertThat(node.jobs().running()).isEqualTo(2);
			assertThat(node.jobs().newest()).extracting((each) -> each.get("state"))
				.containsExactlyInAnyOrder("running", "queued");
			assertThat(context.getBean(ProgressEndpoint.class).progress(1).jobs().newest()).hasSize(1);
			assertThat(context.getBean(ProgressEndpoint.class).progress(-1).jobs().newest()).isEmpty();
		});
	}

	@Test
	void tellsOfStreamsOutboxAndStore() {
		run(this.exposed, (context) -> {
			NodeProgress node = context.getBean(ProgressEndpoint.class).progress(null);
			assertThat(node.streams()).isEqualTo(new NodeProgress.Streams(0, 0, 0));
			assertThat(node.outbox()).isEqualTo(new NodeProgress.Outbox(0, 0, 0));
			assertThat(node.store()).isEqualTo(new NodeProgress.Store("InMemoryProgressEventStore", true));
		});
	}

	@Test
	void saysThatTheStoreIsAway() {
		run(this.exposed.withBean(ProgressEventStore.class, AbsentStore::new),
				(context) -> assertThat(context.getBean(ProgressEndpoint.class).progress(null).store())
					.isEqualTo(new NodeProgress.Store("AbsentStore", false)));
	}

	@Test
	void hidesWhatUsersAndWorkersWrote() {
		run(this.exposed, (context) -> {
			ProgressJob job = work(context);
			Map<String, Object> shown = context.getBean(ProgressEndpoint.class).job(job.id().value());
			assertThat(shown).contains(entry("job", "export"), entry("state", "running"), entry("completed", 3L),
					entry("total", 4L), entry("here", true), entry("owner", HIDDEN), entry("jobId", HIDDEN),
					entry("phase", HIDDEN), entry("message", HIDDEN),
					entry("data", Map.of("file", HIDDEN, "parts", HIDDEN)));
			assertThat(context.getBean(ProgressEndpoint.class).progress(null).toString()).doesNotContain("alice",
					job.id().value(), "confidential");
		});
	}

	@Test
	void saysWhereAJobRunsAndHowManyWatchIt() {
		run(this.exposed.withPropertyValues("progress.sse.node=web-1"), (context) -> {
			ProgressJob job = work(context);
			ProgressEndpoint endpoint = context.getBean(ProgressEndpoint.class);
			assertThat(endpoint.job(job.id().value(), false)).contains(entry("node", HIDDEN), entry("viewers", 0));
			Disposable viewer = context.getBean(EventStreams.class).events(job.id(), null).subscribe();
			await().untilAsserted(() -> assertThat(endpoint.job(job.id().value(), true))
				.contains(entry("node", "web-1"), entry("viewers", 1)));
			assertThat(endpoint.progress(null, true).jobs().newest()).singleElement()
				.satisfies((each) -> assertThat(each).contains(entry("node", "web-1"), entry("viewers", 1)));
			viewer.dispose();
		});
	}

	@Test
	void writesTimesAsTheApiDoes() {
		run(this.exposed.withBean(Clock.class,
				() -> Clock.fixed(Instant.parse("2026-05-31T01:00:01.123456789Z"), ZoneOffset.UTC)), (context) -> {
					ProgressJob job = work(context);
					assertThat(context.getBean(ProgressEndpoint.class).job(job.id().value())).contains(
							entry("createdAt", "2026-05-31T01:00:01.123Z"),
							entry("occurredAt", "2026-05-31T01:00:01.123Z"));
				});
	}

	@Test
	void keepsTheCodeOfAnErrorAndHidesItsText() {
		run(this.exposed, (context) -> {
			ProgressJob job = open(context, "failed-job", "alice");
			job.fail(new IllegalStateException("confidential"));
			assertThat(context.getBean(ProgressEndpoint.class).job(job.id().value())).contains(entry("state", "failed"),
					entry("error", Map.of("code", "internal", "message", HIDDEN)), entry("here", false));
		});
	}

	@Test
	void showsValuesWhereTheyMayBeShown() {
		run(this.exposed.withPropertyValues("management.endpoint.progress.show-values=always"), (context) -> {
			ProgressJob job = work(context);
			assertThat(context.getBean(ProgressEndpoint.class).job(job.id().value())).contains(
					entry("jobId", job.id().value()), entry("owner", "alice"), entry("phase", "confidential phase"),
					entry("message", "confidential message"), entry("data",
							Map.of("file", "confidential.txt", "parts", List.of(Map.of("name", "confidential")))));
		});
	}

	@Test
	void asksTheFunctionsThatSanitizeOtherEndpoints() {
		run(this.exposed.withPropertyValues("management.endpoint.progress.show-values=always")
			.withBean(SanitizingFunction.class,
					() -> SanitizingFunction.sanitizeValue().ifKeyEquals("data.file", "data.parts.name")),
				(context) -> {
					ProgressJob job = work(context);
					assertThat(context.getBean(ProgressEndpoint.class).job(job.id().value())).contains(
							entry("owner", "alice"),
							entry("data", Map.of("file", HIDDEN, "parts", List.of(Map.of("name", HIDDEN)))));
				});
	}

	@Test
	void knowsNoJobThatIsNotThere() {
		run(this.exposed, (context) -> {
			ProgressEndpoint endpoint = context.getBean(ProgressEndpoint.class);
			assertThat(endpoint.job("no-such-job")).isNull();
			assertThat(endpoint.job("no id at all")).isNull();
			assertThat(endpoint.cancel("no-such-job")).isFalse();
			assertThat(endpoint.cancel("no id at all")).isFalse();
		});
	}

	@Test
	void asksAJobToStop() {
		run(this.exposed, (context) -> {
			ProgressJob job = open(context, "stopped-job", "alice");
			assertThat(context.getBean(ProgressEndpoint.class).cancel(job.id().value())).isTrue();
			assertThat(job.reporter().isCancelled()).isTrue();
			job.cancelled();
			assertThat(context.getBean(ProgressEndpoint.class).cancel(job.id().value())).isFalse();
		});
	}

	private static void run(ApplicationContextRunner application, Consumer<AssertableApplicationContext> test) {
		application.run((context) -> {
			assertThat(context).hasNotFailed();
			test.accept(context);
		});
	}

	private static ProgressJob work(AssertableApplicationContext context) {
		ProgressJob job = open(context, "4f6b0c1e9a7d4e55", "alice");
		job.reporter().total(4);
		job.reporter().advance(3);
		job.reporter().data("file", "confidential.txt");
		job.reporter().data("parts", List.of(Map.of("name", "confidential")));
		job.reporter().message("confidential message");
		job.reporter().phase("confidential phase");
		return job;
	}

	private static ProgressJob open(AssertableApplicationContext context, String id, String owner) {
		return context.getBean(ProgressTracker.class)
			.open(JobSpec.named("export").withId(JobId.of(id)).withOwner(owner));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ProgressAutoConfiguration.class, ProgressStreamAutoConfiguration.class,
			ProgressEndpointAutoConfiguration.class })
	static class Application {

	}

	/** A store that is out of reach. */
	static final class AbsentStore implements ProgressEventStore {

		@Override
		public Mono<AppendResult> append(EventBatch batch) {
			return away();
		}

		@Override
		public Mono<EventPage> read(JobId job, EventId after, int limit) {
			return away();
		}

		@Override
		public Flux<StoreNotice> listen(JobId job) {
			return Flux.from(away());
		}

		@Override
		public Mono<Boolean> delete(JobId job) {
			return away();
		}

		private static <T> Mono<T> away() {
			return Mono.error(new IllegalStateException("away"));
		}

	}

}
