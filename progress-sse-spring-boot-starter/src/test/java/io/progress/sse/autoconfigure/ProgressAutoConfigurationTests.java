package io.progress.sse.autoconfigure;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.TaskDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.progress.sse.JobHandle;
import io.progress.sse.JobIdGenerator;
import io.progress.sse.JobListener;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressDataMapper;
import io.progress.sse.ProgressErrorMapper;
import io.progress.sse.ProgressTracker;
import io.progress.sse.TooManyJobsException;
import io.progress.sse.engine.ProgressTrackerBuilder;
import io.progress.sse.event.JobError;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.jackson.ProgressJacksonAutoConfiguration;
import io.progress.sse.lifecycle.JobEnded;
import io.progress.sse.lifecycle.JobStarted;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Store and tracker, and what applications can put in their places.
 */
class ProgressAutoConfigurationTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
				ProgressJacksonAutoConfiguration.class, ProgressAutoConfiguration.class))
		.withBean(Ends.class);

	@Test
	void anApplicationChangesOneSettingOfTheTracker() {
		this.application
			.withBean("last", ProgressTrackerBuilderCustomizer.class,
					() -> (builder) -> builder.idGenerator(() -> JobId.of("customized")))
			.run((context) -> assertThat(
					context.getBean(ProgressTracker.class).open(JobSpec.named("export")).id().value())
				.isEqualTo("customized"));
	}

	@Test
	void keepsJobsInMemoryByDefault() {
		this.application.run((context) -> {
			assertThat(context).hasSingleBean(InMemoryProgressEventStore.class).hasSingleBean(ProgressTracker.class);
			context.getBean(ProgressTracker.class).run(JobSpec.named("export"), (progress) -> null);
			assertThat(context.getBean(InMemoryProgressEventStore.class).jobs()).isEqualTo(1);
		});
	}

	@Test
	void leavesTheStoreToTheApplication() {
		this.application.withBean("mine", ProgressEventStore.class, OwnStore::new)
			.run((context) -> assertThat(context).hasSingleBean(ProgressEventStore.class)
				.doesNotHaveBean(InMemoryProgressEventStore.class));
	}

	@Test
	void leavesTheTrackerToTheApplication() {
		ProgressTracker mine = ProgressTrackerBuilder.forStore(InMemoryProgressEventStore.builder().build()).build();
		this.application.withBean("mine", ProgressTracker.class, () -> mine)
			.run((context) -> assertThat(context.getBean(ProgressTracker.class)).isSameAs(mine));
	}

	@Test
	void appliesProperties() {
		this.application.withPropertyValues("progress.sse.memory.max-jobs=1").run((context) -> {
			ProgressTracker tracker = context.getBean(ProgressTracker.class);
			tracker.run(JobSpec.named("one"), (progress) -> null);
			tracker.run(JobSpec.named("two"), (progress) -> null);
			assertThat(context.getBean(InMemoryProgressEventStore.class).jobs()).isEqualTo(1);
		});
	}

	@ParameterizedTest
	@CsvSource({ "publish-interval,10ms,50ms", "unwatched-interval,0ms,50ms", "admission-timeout,-1ms,0ms",
			"flush-timeout,-1ms,0ms", "events-per-job,0,1", "milestones-per-job,0,1", "jobs-per-owner,0,1",
			"outbox.capacity,7,8", "outbox.total,0,1", "memory.max-jobs,0,1", "retention.events,-1ms,0ms",
			"retention.result,-1ms,0ms" })
	void refusesBadPropertiesByName(String key, String value, String floor) {
		this.application.withPropertyValues("progress.sse." + key + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("'progress.sse.%s' must be at least %s, but is %s".formatted(key, floor, value)));
	}

	@Test
	void refusesWebhooksWithoutTheModuleThatSendsThem() {
		this.application.run((context) -> assertThatIllegalArgumentException()
			.isThrownBy(() -> context.getBean(ProgressTracker.class)
				.open(JobSpec.named("export").withWebhook(URI.create("https://example.com/hook"))))
			.withMessage("'webhook' must be null unless io.progress-sse:progress-sse-webhooks is on the class path,"
					+ " but is set"));
		this.application.withPropertyValues("progress.sse.webhooks.enabled=true")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("'progress.sse.webhooks.enabled' must be false unless"
						+ " io.progress-sse:progress-sse-webhooks is on the class path, but is true;"
						+ " add that dependency, or remove the setting"));
	}

	@Test
	void takesTheClockAndTheIdsOfTheApplication() {
		Instant noon = Instant.parse("2026-05-31T12:00:00Z");
		this.application.withBean(Clock.class, () -> Clock.fixed(noon, ZoneOffset.UTC))
			.withBean(JobIdGenerator.class, () -> () -> JobId.of("mine"))
			.run((context) -> {
				context.getBean(ProgressTracker.class).run(JobSpec.named("export"), (progress) -> null);
				ProgressEvent end = context.getBean(Ends.class).only();
				assertThat(end.jobId()).isEqualTo(JobId.of("mine"));
				assertThat(end.occurredAt()).isEqualTo(noon);
			});
	}

	@Test
	void writesDataAsTheApplicationsMapperDoes() {
		this.application
			.withPropertyValues("spring.jackson.property-naming-strategy=SNAKE_CASE",
					"spring.jackson.serialization.indent-output=true")
			.run((context) -> {
				report(context.getBean(ProgressTracker.class), "file", new Attachment("a.png", 3));
				assertThat(context.getBean(Ends.class).only().data()).containsEntry("file",
						Map.of("file_name", "a.png", "page_count", 3));
			});
	}

	@Test
	void writesDataAsTheApplicationsMapperOfJackson2Does() {
		this.application.withClassLoader(new FilteredClassLoader("tools.jackson.databind"))
			.withBean(ObjectMapper.class,
					() -> new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
						.enable(SerializationFeature.INDENT_OUTPUT))
			.run((context) -> {
				report(context.getBean(ProgressTracker.class), "file", new Attachment("a.png", 3));
				assertThat(context.getBean(Ends.class).only().data()).containsEntry("file",
						Map.of("file_name", "a.png", "page_count", 3));
			});
	}

	@Test
	void takesPlainValuesOnlyWithoutJackson() {
		this.application.withClassLoader(new FilteredClassLoader("tools.jackson", "com.fasterxml")).run((context) -> {
			assertThat(context).doesNotHaveBean(ProgressDataMapper.class);
			report(context.getBean(ProgressTracker.class), "pages", List.of(3));
			assertThat(context.getBean(Ends.class).only().data()).containsEntry("pages", List.of(3));
			report(context.getBean(ProgressTracker.class), "file", new Attachment("a.png", 3));
			assertThat(context.getBean(Ends.class).all.get(1).data()).doesNotContainKey("file");
		});
	}

	@Test
	void asksErrorMappersInOrder() {
		this.application.withUserConfiguration(Mappers.class).run((context) -> {
			JobHandle job = context.getBean(ProgressTracker.class).start(JobSpec.named("export"), (progress) -> {
				throw new IllegalStateException();
			});
			job.ended().toCompletableFuture().get(5, TimeUnit.SECONDS);
			assertThat(context.getBean(Ends.class).only().error()).isEqualTo(new JobError("first", "First"));
		});
	}

	@Test
	void runsTasksOnTheExecutorThatTheApplicationNames() {
		this.application
			.withPropertyValues("spring.task.execution.thread-name-prefix=mine-",
					"progress.sse.executor.bean=applicationTaskExecutor")
			.run((context) -> assertThat(nameOfThread(context)).startsWith("mine-"));
	}

	@Test
	void refusesTheNameOfABeanThatIsNoExecutor() {
		for (String bean : new String[] { "missing", "progressTrackerLifecycle" }) {
			this.application.withPropertyValues("progress.sse.executor.bean=" + bean)
				.run((context) -> assertThat(context).getFailure()
					.rootCause()
					.hasMessageContaining("'progress.sse.executor.bean' must be the name of a bean of type Executor, "
							+ "but is '" + bean + "'"));
		}
	}

	@Test
	void runsTasksOnThreadsOfTheirOwn() {
		this.application.run((context) -> {
			assertThat(nameOfThread(context)).startsWith("progress-job-");
			assertThat(context).hasBean("applicationTaskExecutor");
		});
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void runsTasksOnVirtualThreadsWhereTheyAreEnabled() {
		this.application.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(submit(context, () -> Thread.currentThread().getClass().getSimpleName()))
				.isEqualTo("VirtualThread"));
	}

	@Test
	void runsTasksAsTheApplicationsDecoratorsSay() {
		ThreadLocal<String> local = new ThreadLocal<>();
		TaskDecorator decorator = (task) -> () -> {
			local.set("decorated");
			task.run();
		};
		this.application.withBean(TaskDecorator.class, () -> decorator)
			.run((context) -> assertThat(submit(context, local::get)).isEqualTo("decorated"));
	}

	@Test
	void refusesMoreJobsThanMayWait() {
		this.application.withPropertyValues("progress.sse.executor.threads=1", "progress.sse.executor.queue-capacity=0")
			.run((context) -> {
				ProgressTracker tracker = context.getBean(ProgressTracker.class);
				CountDownLatch free = new CountDownLatch(1);
				JobHandle busy = tracker.start(JobSpec.named("busy"), (progress) -> {
					free.await();
					return null;
				});
				assertThatExceptionOfType(TooManyJobsException.class)
					.isThrownBy(() -> tracker.start(JobSpec.named("export"), (progress) -> null));
				free.countDown();
				busy.ended().toCompletableFuture().get(5, TimeUnit.SECONDS);
			});
	}

	@Test
	void asksJobsToStopWhenTheApplicationCloses() {
		Ends ends = new Ends();
		AtomicLong closing = new AtomicLong();
		this.application.withBean("survivor", Ends.class, () -> ends).run((context) -> {
			CountDownLatch begun = new CountDownLatch(1);
			context.getBean(ProgressTracker.class).start(JobSpec.named("export"), (progress) -> {
				begun.countDown();
				while (true) {
					progress.checkCancelled();
					Thread.onSpinWait();
				}
			});
			begun.await();
			closing.set(System.nanoTime());
		});
		assertThat(Duration.ofNanos(System.nanoTime() - closing.get())).isLessThan(Duration.ofSeconds(10));
		assertThat(ends.only().error().code()).isEqualTo("shutdown");
	}

	private static String nameOfThread(AssertableApplicationContext context) throws Exception {
		return submit(context, () -> Thread.currentThread().getName());
	}

	private static String submit(AssertableApplicationContext context, Supplier<String> task) throws Exception {
		return context.getBean(ProgressTracker.class)
			.submit(JobSpec.named("export"), (progress) -> task.get())
			.get(5, TimeUnit.SECONDS);
	}

	@Test
	void publishesTheLivesOfJobsAsApplicationEvents() {
		this.application.withBean(Audience.class).run((context) -> {
			context.getBean(ProgressTracker.class).run(JobSpec.named("export"), (progress) -> null);
			assertThat(context.getBean(Audience.class).heard).containsExactly("export started", "export is DONE");
		});
	}

	@Test
	void failsWhatStillRunsWhenTheApplicationCloses() {
		Ends ends = new Ends();
		this.application.withBean("survivor", Ends.class, () -> ends)
			.run((context) -> context.getBean(ProgressTracker.class).open(JobSpec.named("export")).begin());
		assertThat(ends.only().error().code()).isEqualTo("shutdown");
	}

	@Test
	void keepsJobsWhileTheApplicationIsPaused() {
		this.application.run((context) -> {
			JobHandle job = context.getBean(ProgressTracker.class).open(JobSpec.named("export"));
			context.getSourceApplicationContext().stop();
			context.getSourceApplicationContext().start();
			assertThat(job.state()).isEqualTo(JobState.QUEUED);
		});
	}

	private static void report(ProgressTracker tracker, String key, Object value) throws Exception {
		tracker.run(JobSpec.named("export"), (progress) -> {
			progress.data(key, value);
			return null;
		});
	}

	record Attachment(String fileName, int pageCount) {

	}

	static class Ends implements JobListener {

		private final List<ProgressEvent> all = new CopyOnWriteArrayList<>();

		@Override
		public void ended(JobInfo job, ProgressEvent terminal) {
			this.all.add(terminal);
		}

		ProgressEvent only() {
			assertThat(this.all).hasSize(1);
			return this.all.get(0);
		}

	}

	static class Audience {

		private final List<String> heard = new CopyOnWriteArrayList<>();

		@EventListener
		void started(JobStarted event) {
			this.heard.add(event.job().name() + " started");
		}

		@EventListener
		void ended(JobEnded event) {
			this.heard.add(event.job().name() + " is " + event.terminal().state());
		}

	}

	static class Mappers {

		@Bean
		@Order(2)
		ProgressErrorMapper second() {
			return (error) -> new JobError("second", "Second");
		}

		@Bean
		@Order(1)
		ProgressErrorMapper first() {
			return (error) -> new JobError("first", "First");
		}

	}

	static class OwnStore implements ProgressEventStore {

		private final ProgressEventStore delegate = InMemoryProgressEventStore.builder().build();

		@Override
		public Mono<AppendResult> append(EventBatch batch) {
			return this.delegate.append(batch);
		}

		@Override
		public Mono<EventPage> read(JobId job, EventId after, int limit) {
			return this.delegate.read(job, after, limit);
		}

		@Override
		public Flux<StoreNotice> listen(JobId job) {
			return this.delegate.listen(job);
		}

		@Override
		public Mono<Boolean> delete(JobId job) {
			return this.delegate.delete(job);
		}

	}

}
