package io.progress.sse.autoconfigure;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.event.JobId;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.web.ticket.ProgressTicketAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * The meters of jobs.
 */
class ProgressMetricsAutoConfigurationTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(ProgressAutoConfiguration.class, ProgressMetricsAutoConfiguration.class));

	@Test
	void countJobsByNameAndOutcome() {
		withRegistry().run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			ProgressTracker tracker = context.getBean(ProgressTracker.class);
			ProgressJob job = tracker.open(JobSpec.named("export"));
			assertThat(registry.get("progress.sse.jobs.running").gauge().value()).isEqualTo(1);
			job.done();
			tracker.open(JobSpec.named("export")).fail(new IllegalStateException());
			assertThat(registry.get("progress.sse.jobs.running").gauge().value()).isZero();
			assertThat(jobs(registry, "done")).isEqualTo(1);
			assertThat(jobs(registry, "failed")).isEqualTo(1);
			assertThat(registry.get("progress.sse.events").tag("kind", "terminal").counter().count()).isEqualTo(2);
			assertThat(registry.get("progress.sse.memory.jobs").gauge().value()).isEqualTo(2);
			assertThat(registry.get("progress.sse.executor.active").gauge().value()).isZero();
			assertThat(registry.get("progress.sse.executor.queued").gauge().value()).isZero();
			assertThat(registry.get("progress.sse.executor.refused").functionCounter().count()).isZero();
		});
	}

	@Test
	void countActionsOfJobsThatWereAskedToStop() {
		withRegistry().withPropertyValues("progress.sse.cancel.threads=1", "progress.sse.cancel.queue-capacity=1")
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				ProgressTracker tracker = context.getBean(ProgressTracker.class);
				CountDownLatch begun = new CountDownLatch(1);
				CountDownLatch go = new CountDownLatch(1);
				cancel(tracker, () -> {
					begun.countDown();
					await(go);
				});
				await(begun);
				cancel(tracker, () -> await(go));
				AtomicReference<Thread> refused = new AtomicReference<>();
				cancel(tracker, () -> refused.set(Thread.currentThread()));
				assertThat(refused).hasValue(Thread.currentThread());
				assertThat(registry.get("progress.sse.cancel.active").gauge().value()).isEqualTo(1);
				assertThat(registry.get("progress.sse.cancel.queued").gauge().value()).isEqualTo(1);
				assertThat(registry.get("progress.sse.cancel.refused").functionCounter().count()).isEqualTo(1);
				go.countDown();
			});
	}

	private static void cancel(ProgressTracker tracker, Runnable action) {
		ProgressJob job = tracker.open(JobSpec.named("export"));
		job.reporter().onCancel(action);
		job.cancel();
	}

	private static void await(CountDownLatch latch) {
		assertThatCode(() -> assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue()).doesNotThrowAnyException();
	}

	@Test
	void countWhatTheStoreHasNotTaken() {
		withRegistry().withBean(ProgressEventStore.class, SilentStore::new)
			.withPropertyValues("progress.sse.flush-timeout=0s")
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				ProgressJob job = context.getBean(ProgressTracker.class).open(JobSpec.named("export"));
				job.done();
				job.reporter().advance();
				assertThat(registry.get("progress.sse.outbox.waiting").gauge().value()).isPositive();
				assertThat(registry.get("progress.sse.outbox.conflated").functionCounter().count()).isZero();
				assertThat(registry.get("progress.sse.outbox.dropped").functionCounter().count()).isZero();
				assertThat(registry.get("progress.sse.reporter.late").functionCounter().count()).isEqualTo(1);
			});
	}

	@Test
	void describeThemselves() {
		withRegistry().run((context) -> {
			context.getBean(ProgressTracker.class).open(JobSpec.named("export")).done();
			assertThat(context.getBean(MeterRegistry.class).getMeters()).map(Meter::getId)
				.filteredOn((id) -> id.getName().startsWith("progress.sse."))
				.hasSizeGreaterThan(8)
				.allSatisfy((id) -> assertThat(id.getDescription()).as(id.getName()).isNotBlank());
		});
	}

	/**
	 * Prometheus appends the unit to a name that does not end with it.
	 */
	@Test
	void sayTheirUnitOnce() {
		withRegistry()
			.withConfiguration(AutoConfigurations.of(ProgressTicketAutoConfiguration.class,
					ProgressStreamAutoConfiguration.class, ProgressStreamMetricsAutoConfiguration.class))
			.run((context) -> {
				context.getBean(ProgressTracker.class).open(JobSpec.named("export")).done();
				assertThat(context.getBean(MeterRegistry.class).getMeters()).map(Meter::getId)
					.filteredOn((id) -> id.getName().startsWith("progress.sse."))
					.hasSizeGreaterThan(20)
					.filteredOn((id) -> id.getBaseUnit() != null && !id.getName().endsWith("." + id.getBaseUnit()))
					.allSatisfy((id) -> assertThat(id.getName().split("\\.")).doesNotContain(id.getBaseUnit()));
			});
	}

	@Test
	void haveNoIdAmongTheirTags() {
		withRegistry().run((context) -> {
			ProgressJob job = context.getBean(ProgressTracker.class).open(JobSpec.named("export"));
			job.done();
			assertThat(context.getBean(MeterRegistry.class).getMeters()).map(Meter::getId)
				.flatMap(Meter.Id::getTags)
				.map(Tag::getValue)
				.contains("export")
				.doesNotContain(job.id().value());
		});
	}

	@Test
	void areNotThereWithoutARegistry() {
		this.application.run((context) -> assertThat(context).doesNotHaveBean(JobMeters.class));
	}

	@Test
	void areNotThereWithoutMicrometer() {
		this.application.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).hasSingleBean(ProgressTracker.class));
	}

	@Test
	void leaveTheirPlaceToTheApplication() {
		withRegistry().withBean("mine", JobMeters.class, () -> new JobMeters(new SimpleMeterRegistry(), 1))
			.run((context) -> assertThat(context).hasSingleBean(JobMeters.class).hasBean("mine"));
	}

	private ApplicationContextRunner withRegistry() {
		return this.application.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class))
			.withBean(SimpleMeterRegistry.class);
	}

	private static long jobs(MeterRegistry registry, String outcome) {
		return registry.get("progress.sse.jobs").tag("job", "export").tag("outcome", outcome).timer().count();
	}

	private static final class SilentStore implements ProgressEventStore {

		@Override
		public Mono<AppendResult> append(EventBatch batch) {
			return Mono.never();
		}

		@Override
		public Mono<EventPage> read(JobId job, @Nullable EventId after, int limit) {
			return Mono.empty();
		}

		@Override
		public Flux<StoreNotice> listen(JobId job) {
			return Flux.never();
		}

		@Override
		public Mono<Boolean> delete(JobId job) {
			return Mono.just(false);
		}

	}

}
