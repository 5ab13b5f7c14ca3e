package io.progress.sse.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;

import io.progress.sse.JobSpec;
import io.progress.sse.Phase;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;
import io.progress.sse.observation.DefaultJobObservationConvention;
import io.progress.sse.observation.JobObservationContext;
import io.progress.sse.observation.JobObservationConvention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The observations of jobs.
 */
class JobObservationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final Recorder recorder = new Recorder();

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class, ProgressAutoConfiguration.class,
				ProgressObservationAutoConfiguration.class))
		.withBean(Recorder.class, () -> this.recorder);

	@Test
	void tellTheStartAtOnceAndTheEndWithItsOutcome() {
		this.application.run((context) -> {
			ProgressJob job = context.getBean(ProgressTracker.class).open(JobSpec.named("export"));
			assertThat(this.recorder.heard).containsExactly("start progress.sse.job", "start job export started",
					"stop job export started");
			job.reporter().phase("reading");
			job.done();
			assertThat(this.recorder.heard).endsWith("phase reading", "stop job export");
			assertThat(this.recorder.keys(0)).containsOnlyKeys("job", "outcome", "exception", "job.id")
				.containsEntry("job", "export")
				.containsEntry("outcome", "done")
				.containsEntry("exception", "none")
				.containsEntry("job.id", job.id().value());
			assertThat(this.recorder.keys(1)).containsOnlyKeys("job", "job.id");
		});
	}

	@Test
	void giveTheTextOfAnExceptionOnlyToHandlersThatAskForIt() {
		this.application.run((context) -> {
			ProgressTracker tracker = context.getBean(ProgressTracker.class);
			assertThatThrownBy(() -> tracker.run(JobSpec.named("export"), (progress) -> {
				throw new IllegalStateException("secret");
			})).hasMessage("secret");
			assertThat(this.recorder.heard).endsWith("error java.lang.IllegalStateException", "stop job export");
			assertThat(this.recorder.keys(0)).containsEntry("exception", "IllegalStateException")
				.containsEntry("outcome", "failed");
			assertThat(this.recorder.contexts.get(0).getError()).hasMessage("secret");
		});
	}

	@Test
	void nameNoExceptionOfAJobThatWasAbandoned() {
		this.application.run((context) -> {
			context.getBean(ProgressTracker.class).open(JobSpec.named("export")).close();
			assertThat(this.recorder.keys(0)).containsEntry("exception", "none").containsEntry("outcome", "failed");
		});
	}

	@Test
	void areParentsOfWhatTheWorkObserves() {
		this.application.run((context) -> {
			ObservationRegistry registry = context.getBean(ObservationRegistry.class);
			Observation around = Observation.start("around", registry);
			around.scopedChecked(() -> context.getBean(ProgressTracker.class)
				.run(JobSpec.named("export"), (progress) -> Observation.start("part", registry)));
			assertThat(registry.getCurrentObservation()).isNull();
			assertThat(this.recorder.parents).contains("progress.sse.job in around",
					"job export started in progress.sse.job", "part in progress.sse.job");
		});
	}

	@Test
	void useTheConventionOfTheApplication() {
		this.application.withBean(JobObservationConvention.class, OwnConvention::new).run((context) -> {
			context.getBean(ProgressTracker.class).open(JobSpec.named("export")).done();
			assertThat(this.recorder.heard).last().isEqualTo("stop own export");
		});
	}

	@Test
	void hearOfNoMoreThanAHundredPhases() {
		this.application.withBean(ProgressTrackerBuilderCustomizer.class, () -> (builder) -> builder.outboxCapacity(8))
			.run((context) -> {
				ProgressJob job = context.getBean(ProgressTracker.class).open(JobSpec.named("export"));
				Phase[] phases = new Phase[200];
				for (int i = 0; i < phases.length; i++) {
					phases[i] = Phase.of("part " + i);
				}
				job.reporter().plan(phases);
				for (Phase each : phases) {
					job.reporter().phase(each.name());
				}
				job.done();
				job.reporter().phase("late");
				assertThat(this.recorder.heard).filteredOn((each) -> each.startsWith("phase ")).hasSize(100);
			});
	}

	@Test
	void harmNoJobIfAHandlerFails() {
		this.application.withBean(FailingHandler.class, FailingHandler::new).run(this::assertThatWorkRuns);
	}

	@Test
	void harmNoJobIfAHandlerFailsAndReactorPropagatesTheContext() {
		Hooks.enableAutomaticContextPropagation();
		try {
			harmNoJobIfAHandlerFails();
		}
		finally {
			Hooks.disableAutomaticContextPropagation();
		}
	}

	@Test
	void harmNoJobIfTheConventionFails() {
		this.application.withBean(JobObservationConvention.class, FailingConvention::new).run(this::assertThatWorkRuns);
	}

	private void assertThatWorkRuns(AssertableApplicationContext context) throws Exception {
		ProgressTracker tracker = context.getBean(ProgressTracker.class);
		assertThat(tracker.<String>run(JobSpec.named("export"), (progress) -> {
			progress.phase("reading");
			return (ProgressReporter.current() == progress) ? "done" : "elsewhere";
		})).isEqualTo("done");
		assertThat(context.getBean(ObservationRegistry.class).getCurrentObservation()).isNull();
		assertThat(tracker.mono(JobSpec.named("export"), (progress) -> Mono.just("done")).block(PATIENCE))
			.isEqualTo("done");
	}

	@Test
	void makeNoMetersBesideThoseOfJobs() {
		this.application
			.withConfiguration(
					AutoConfigurations.of(MetricsAutoConfiguration.class, ProgressMetricsAutoConfiguration.class))
			.withBean(SimpleMeterRegistry.class)
			.withBean("meters", ObservationHandler.class,
					() -> new DefaultMeterObservationHandler(new SimpleMeterRegistry()))
			.run((context) -> {
				SimpleMeterRegistry registry = context.getBean(SimpleMeterRegistry.class);
				context.getBean(ObservationRegistry.class)
					.observationConfig()
					.observationHandler(new DefaultMeterObservationHandler(registry));
				ProgressJob job = context.getBean(ProgressTracker.class).open(JobSpec.named("export"));
				job.reporter().phase("reading");
				job.done();
				assertThat(registry.getMeters()).map(Meter::getId)
					.map(Meter.Id::getName)
					.contains("progress.sse.jobs")
					.noneMatch((name) -> name.equals("progress.sse.job") || name.startsWith("progress.sse.job."));
			});
	}

	@Test
	void areOffIfThePropertySaysSo() {
		this.application.withPropertyValues("progress.sse.observations.enabled=false").run(assertThatNothingIsHeard());
	}

	@Test
	void areOffWithoutARegistry() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(ProgressAutoConfiguration.class, ProgressObservationAutoConfiguration.class))
			.run(assertThatNothingIsHeard());
	}

	@Test
	void areOffWithoutMicrometer() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(ProgressAutoConfiguration.class, ProgressObservationAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run(assertThatNothingIsHeard());
	}

	private ContextConsumer<AssertableApplicationContext> assertThatNothingIsHeard() {
		return (context) -> {
			context.getBean(ProgressTracker.class).open(JobSpec.named("export")).done();
			assertThat(this.recorder.heard).isEmpty();
		};
	}

	/** Takes down what it hears. */
	private static final class Recorder implements ObservationHandler<Observation.Context> {

		private final List<String> heard = new CopyOnWriteArrayList<>();

		private final List<String> parents = new CopyOnWriteArrayList<>();

		private final List<Observation.Context> contexts = new CopyOnWriteArrayList<>();

		Map<String, String> keys(int index) {
			return this.contexts.get(index)
				.getAllKeyValues()
				.stream()
				.collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		@Override
		public void onStart(Observation.Context context) {
			this.contexts.add(context);
			this.heard.add("start " + name(context));
			if (context.getParentObservation() != null) {
				this.parents.add(name(context) + " in " + name(context.getParentObservation().getContextView()));
			}
		}

		@Override
		public void onEvent(Observation.Event event, Observation.Context context) {
			this.heard.add(event.getName() + " " + event.getContextualName());
		}

		@Override
		public void onError(Observation.Context context) {
			this.heard.add("error " + context.getError().getMessage());
		}

		@Override
		public void onStop(Observation.Context context) {
			this.heard.add("stop " + name(context));
		}

		private static String name(Observation.ContextView context) {
			return (context.getContextualName() != null) ? context.getContextualName() : context.getName();
		}

	}

	/** Names jobs in its own way. */
	private static final class OwnConvention extends DefaultJobObservationConvention {

		@Override
		public String getContextualName(JobObservationContext context) {
			return "own " + context.job().name();
		}

	}

	/** Fails always. */
	private static final class FailingConvention extends DefaultJobObservationConvention {

		@Override
		public String getName() {
			throw new NoClassDefFoundError("convention");
		}

	}

	/** Fails always. */
	private static final class FailingHandler implements ObservationHandler<Observation.Context> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		@Override
		public void onStart(Observation.Context context) {
			throw new NoClassDefFoundError("start");
		}

		@Override
		public void onEvent(Observation.Event event, Observation.Context context) {
			throw new NoClassDefFoundError("event");
		}

		@Override
		public void onScopeOpened(Observation.Context context) {
			throw new NoClassDefFoundError("opened");
		}

		@Override
		public void onScopeClosed(Observation.Context context) {
			throw new NoClassDefFoundError("closed");
		}

		@Override
		public void onStop(Observation.Context context) {
			throw new NoClassDefFoundError("stop");
		}

	}

}
