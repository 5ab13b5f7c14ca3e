package io.progress.sse.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import io.progress.sse.JobHandle;
import io.progress.sse.JobListener;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressException;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.event.JobError;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What becomes of jobs when code that the application brings throws an {@link Error}.
 */
class ForeignErrorTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	/** Thrown by whatever the test names. */
	private @Nullable Throwable fault;

	private String faulty = "";

	/** How often it does not throw before. */
	private int spared;

	@RegisterExtension
	final TestTracker test = new TestTracker((settings) -> settings.listener(new FaultyListener())
		.errorMapper(this::map)
		.dataMapper(this::toPlain)
		.clock(new FaultyClock(settings.clock))
		.scheduler(new FaultyTime(settings.scheduler))
		.currentUser(this::user)
		.idGenerator(this::id));

	static List<Throwable> faults() {
		return List.of(new NoSuchMethodError("gone"), new NoClassDefFoundError("gone"), new StackOverflowError(),
				new AssertionError("wrong"), new OutOfMemoryError("simulated"), new InternalError("simulated"),
				new IllegalStateException("wrong"));
	}

	@Nested
	class AListenerThatThrows {

		@ParameterizedTest
		@MethodSource("io.progress.sse.engine.ForeignErrorTests#faults")
		void inReportedStopsNeitherItsJobNorTheTicker(Throwable fault) {
			ProgressJob bad = test.running();
			ProgressJob good = test.running();
			arm("reported", fault);
			bad.reporter().advance();
			test.tick();
			disarm();
			good.reporter().advance();
			bad.reporter().advance();
			test.tick();
			assertThat(test.last(good).progress().completed()).isOne();
			assertThat(test.last(bad).progress().completed()).isEqualTo(2);
			bad.done();
			assertEnd(bad, JobState.DONE);
		}

		@ParameterizedTest
		@MethodSource("io.progress.sse.engine.ForeignErrorTests#faults")
		void inEndedDoesNotHoldUpTheEnd(Throwable fault) {
			ProgressJob job = test.running();
			arm("ended", fault);
			job.done();
			assertEnd(job, JobState.DONE);
		}

		@ParameterizedTest
		@MethodSource("io.progress.sse.engine.ForeignErrorTests#faults")
		void inStartedDoesNotHoldUpTheStart(Throwable fault) {
			arm("started", fault);
			assertEnd(test.tracker.start(JobSpec.named("test"), (progress) -> null, Runnable::run), JobState.DONE);
		}

		@ParameterizedTest
		@MethodSource("io.progress.sse.engine.ForeignErrorTests#faults")
		void inSettledKeepsNoJobAlive(Throwable fault) {
			arm("settled", fault);
			assertEnd(test.tracker.start(JobSpec.named("test"), (progress) -> null, Runnable::run), JobState.DONE);
		}

	}

	@Nested
	class AMessage {

		@ParameterizedTest
		@MethodSource("io.progress.sse.engine.ForeignErrorTests#faults")
		void thatCannotBeMadeDoesNotReachTheWork(Throwable fault) {
			JobHandle job = test.tracker.start(JobSpec.named("test"), (progress) -> {
				progress.message(() -> sneak(fault));
				progress.message(() -> sneak(fault));
				return null;
			}, Runnable::run);
			assertEnd(job, JobState.DONE);
		}

	}

	@Nested
	class AMapper {

		@ParameterizedTest
		@MethodSource("io.progress.sse.engine.ForeignErrorTests#faults")
		void ofErrorsThatThrowsPasses(Throwable fault) {
			arm("map", fault);
			ProgressJob job = test.running();
			job.fail(new ProgressException("too-big", "The file is too big"));
			assertEnd(job, JobState.FAILED);
			assertThat(test.last(job).error()).isEqualTo(new JobError("too-big", "The file is too big"));
		}

		@ParameterizedTest
		@MethodSource("io.progress.sse.engine.ForeignErrorTests#faults")
		void ofDataThatThrowsRefusesTheValue(Throwable fault) {
			arm("toPlain", fault);
			ProgressJob job = test.running();
			job.reporter().data("size", 7);
			job.done("result");
			assertEnd(job, JobState.DONE);
			assertThat(test.last(job).data()).containsEntry("refused", List.of("result", "size"));
		}

	}

	@Nested
	class AClock {

		@ParameterizedTest
		@MethodSource("io.progress.sse.engine.ForeignErrorTests#faults")
		void thatThrowsDoesNotReachTheWork(Throwable fault) {
			ProgressJob job = test.running();
			arm("clock", fault);
			job.reporter().phase("first");
			disarm();
			test.tick();
			assertThat(test.last(job).phase()).isEqualTo("first");
		}

		@ParameterizedTest
		@MethodSource("io.progress.sse.engine.ForeignErrorTests#faults")
		void thatThrowsCostsATickAndNoLastValue(Throwable fault) {
			ProgressJob job = test.running();
			arm("clock", fault);
			job.reporter().message("last");
			test.tick();
			disarm();
			test.tick();
			assertThat(test.last(job).message()).isEqualTo("last");
		}

		@ParameterizedTest
		@MethodSource("io.progress.sse.engine.ForeignErrorTests#faults")
		void thatThrowsLosesNoEnd(Throwable fault) {
			ProgressJob job = test.running();
			arm("clock", fault);
			job.done();
			disarm();
			test.tick();
			assertEnd(job, JobState.DONE);
		}

	}

	@Nested
	class AnAdmission {

		@ParameterizedTest
		@MethodSource("io.progress.sse.engine.ForeignErrorTests#faults")
		void whoseUserCannotBeToldHasNoOwner(Throwable fault) {
			arm("user", fault);
			ProgressJob job = test.running();
			assertThat(test.store.read(job.id(), null, 0).block(PATIENCE).job().owner()).isNull();
		}

		@ParameterizedTest
		@MethodSource("io.progress.sse.engine.ForeignErrorTests#faults")
		void whoseClockThrowsLeavesNoJobBehind(Throwable fault) {
			int failures = 0;
			for (int spared = 0; spared < 6; spared++) {
				arm("clock", fault, spared);
				try {
					test.running().done();
				}
				catch (Throwable ex) {
					failures++;
					assertThat(ex).isSameAs(fault);
					assertThat(test.tracker.stats().runningJobs()).isZero();
				}
				disarm();
				test.tick();
				assertThat(test.tracker.stats().runningJobs()).isZero();
			}
			assertThat(failures).isBetween(3, 5);
		}

		@ParameterizedTest
		@MethodSource("io.progress.sse.engine.ForeignErrorTests#faults")
		void thatIsReactiveSignalsWhatItsCallBacksThrow(Throwable fault) {
			arm("id", fault);
			assertThatExceptionOfType(Throwable.class)
				.isThrownBy(() -> test.tracker.admit(JobSpec.named("test")).block(PATIENCE))
				.satisfies((thrown) -> assertThat(ErrorMapping.unwrap(thrown)).isSameAs(fault));
			List<Throwable> signalled = new ArrayList<>();
			test.tracker.admit(JobSpec.named("test")).subscribe((job) -> {
			}, signalled::add);
			assertThat(signalled).hasSize(1);
		}

	}

	@Nested
	class AnException {

		@Test
		void whoseMessageThrowsFailsItsJob() {
			ProgressJob job = test.running();
			job.fail(new Lazy());
			assertEnd(job, JobState.FAILED);
			assertThat(test.last(job).error()).isEqualTo(JobError.INTERNAL);
		}

		@Test
		void whoseMessageThrowsMayComeFromAnyCallBack() {
			arm("ended", new Lazy());
			ProgressJob job = test.running();
			job.reporter().data("size", new Object() {
				@Override
				public String toString() {
					throw new Lazy();
				}
			});
			job.done();
			assertEnd(job, JobState.DONE);
		}

		@Test
		void whoseCauseThrowsFailsItsJob() {
			ProgressJob job = test.running();
			job.fail(new ExecutionException("work", null) {
				private static final long serialVersionUID = 1L;

				@Override
				public synchronized Throwable getCause() {
					throw new Lazy();
				}
			});
			assertEnd(job, JobState.FAILED);
		}

		@Test
		void whoseCauseIsItselfFailsItsJob() {
			ProgressJob job = test.running();
			job.fail(new CompletionException("work", null) {
				private static final long serialVersionUID = 1L;

				@Override
				public synchronized Throwable getCause() {
					return this;
				}
			});
			assertEnd(job, JobState.FAILED);
		}

	}

	@Nested
	class TheWork {

		@ParameterizedTest
		@MethodSource("io.progress.sse.engine.ForeignErrorTests#faults")
		void thatThrowsEndsItsJobAndTellsItsCaller(Throwable fault) {
			JobHandle[] job = new JobHandle[1];
			assertThatExceptionOfType(fault.getClass())
				.isThrownBy(() -> test.tracker.run(JobSpec.named("test"), (progress) -> {
					job[0] = test.tracker.find(progress.jobId().orElseThrow()).orElseThrow();
					return sneak(fault);
				}));
			assertEnd(job[0], JobState.FAILED);
		}

		@ParameterizedTest
		@MethodSource("io.progress.sse.engine.ForeignErrorTests#faults")
		void thatIsReactiveEndsItsJobWithWhatReactorDoesNotSignal(Throwable fault) {
			JobHandle[] job = new JobHandle[1];
			Mono<Object> work = test.tracker.mono(JobSpec.named("test"), (progress) -> {
				job[0] = test.tracker.find(progress.jobId().orElseThrow()).orElseThrow();
				return Mono.fromCallable(() -> sneak(fault));
			});
			assertThatExceptionOfType(Throwable.class).isThrownBy(() -> work.block(PATIENCE))
				.satisfies((thrown) -> assertThat(ErrorMapping.unwrap(thrown)).isSameAs(fault));
			assertEnd(job[0], JobState.FAILED);
		}

		@ParameterizedTest
		@MethodSource("io.progress.sse.engine.ForeignErrorTests#faults")
		void thatIsAStreamEndsItsJobWithWhatReactorDoesNotSignal(Throwable fault) {
			JobHandle[] job = new JobHandle[1];
			Flux<Object> work = test.tracker.flux(JobSpec.named("test"), (progress) -> {
				job[0] = test.tracker.find(progress.jobId().orElseThrow()).orElseThrow();
				return Flux.range(0, 3).map((i) -> (i == 2) ? sneak(fault) : "a");
			});
			assertThatExceptionOfType(Throwable.class).isThrownBy(() -> work.blockLast(PATIENCE))
				.satisfies((thrown) -> assertThat(ErrorMapping.unwrap(thrown)).isSameAs(fault));
			assertEnd(job[0], JobState.FAILED);
		}

		@Test
		void thatAnExecutorRefusesWithAnErrorEndsItsJob() {
			assertThatExceptionOfType(NoClassDefFoundError.class)
				.isThrownBy(() -> test.tracker.start(JobSpec.named("test"), (progress) -> null, (task) -> {
					throw new NoClassDefFoundError("gone");
				}));
			assertThat(test.tracker.stats().runningJobs()).isZero();
		}

	}

	@Nested
	class ATimeThatThrows {

		@ParameterizedTest
		@MethodSource("io.progress.sse.engine.ForeignErrorTests#faults")
		void reachesNoWorkAndStopsNoEvents(Throwable fault) {
			for (int spared = 0; spared < 6; spared++) {
				ProgressJob job = test.running();
				arm("time", fault, spared);
				Throwable thrown = catchThrowable(() -> job.reporter().phase("one"));
				disarm();
				assertThat(thrown).isNull();
				job.reporter().phase("two");
				test.tick();
				assertThat(test.last(job).phase()).isEqualTo("two");
				job.done();
				assertEnd(job, JobState.DONE);
			}
		}

	}

	@Nested
	class AStoreThatThrows {

		@ParameterizedTest
		@MethodSource("io.progress.sse.engine.ForeignErrorTests#faults")
		void isTriedAgain(Throwable fault) {
			ProgressJob job = test.running();
			test.store.next((batch, store) -> sneak(fault), (batch, store) -> Mono.fromSupplier(() -> sneak(fault)),
					(batch, store) -> store.append(batch).map((result) -> sneak(fault)));
			job.done();
			test.eachTick(20, () -> {
			});
			assertEnd(job, JobState.DONE);
		}

	}

	@Nested
	class PartsThatAreNestedDeeperThanAStackIs {

		@Test
		void holdUpNobody() {
			ProgressJob good = test.running();
			ProgressJob deep = test.running();
			split(deep.reporter(), 20_000);
			good.reporter().advance();
			test.tick();
			assertThat(test.last(good).progress().completed()).isOne();
			deep.done();
			assertEnd(deep, JobState.DONE);
		}

		@Test
		void countInTheWhole() {
			ProgressJob deep = test.running();
			deep.reporter().total(1);
			ProgressReporter deepest = deep.reporter();
			for (int i = 0; i < 20_000; i++) {
				deepest = deepest.split(1);
				deepest.total(1);
			}
			deepest.total(4);
			deepest.advance();
			test.tick();
			assertThat(test.last(deep).progress().fraction()).isEqualTo(0.25);
		}

		@Test
		void mayBeTriedAgainAndBegunAnew() {
			ProgressJob deep = test.running();
			split(deep.reporter(), 20_000);
			deep.retry();
			deep.done();
			assertEnd(deep, JobState.DONE);
		}

		private void split(ProgressReporter whole, int depth) {
			ProgressReporter part = whole;
			for (int i = 0; i < depth; i++) {
				part.total(2);
				part.split(1).close();
				part = part.split(1);
			}
		}

	}

	private void arm(String method, Throwable fault) {
		arm(method, fault, 0);
	}

	private void arm(String method, Throwable fault, int spared) {
		this.faulty = method;
		this.spared = spared;
		this.fault = fault;
	}

	private void disarm() {
		this.fault = null;
	}

	private void call(String method) {
		Throwable fault = this.fault;
		if (fault != null && this.faulty.equals(method) && this.spared-- <= 0) {
			sneak(fault);
		}
	}

	private @Nullable String user() {
		call("user");
		return "user";
	}

	private JobId id() {
		call("id");
		return JobId.of("made");
	}

	private @Nullable JobError map(Throwable error) {
		call("map");
		return null;
	}

	private @Nullable Object toPlain(@Nullable Object value) {
		call("toPlain");
		return value;
	}

	private void assertEnd(JobHandle job, JobState state) {
		assertThat(job.state()).isEqualTo(state);
		assertThat(job.ended()).isCompletedWithValue(state);
		assertThat(this.test.events(job)).filteredOn(ProgressEvent::isTerminal)
			.singleElement()
			.extracting(ProgressEvent::state)
			.isEqualTo(state);
	}

	@SuppressWarnings("TypeParameterUnusedInFormals") // stands for a call of any type
	private static <T> T sneak(Throwable fault) {
		if (fault instanceof Error error) {
			throw error;
		}
		throw (RuntimeException) fault;
	}

	private static final class Lazy extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@Override
		public String getMessage() {
			throw new IllegalStateException("lazy message");
		}

	}

	private final class FaultyListener implements JobListener {

		@Override
		public void started(JobInfo job) {
			call("started");
		}

		@Override
		public void reported(ProgressEvent event) {
			call("reported");
		}

		@Override
		public void ended(JobInfo job, ProgressEvent terminal) {
			call("ended");
		}

		@Override
		public void settled(JobInfo job, boolean stored) {
			call("settled");
		}

	}

	private final class FaultyTime implements Scheduler {

		private final Scheduler scheduler;

		FaultyTime(Scheduler scheduler) {
			this.scheduler = scheduler;
		}

		@Override
		public long now(TimeUnit unit) {
			call("time");
			return this.scheduler.now(unit);
		}

		@Override
		public Disposable schedule(Runnable task) {
			return this.scheduler.schedule(task);
		}

		@Override
		public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
			return this.scheduler.schedule(task, delay, unit);
		}

		@Override
		public Disposable schedulePeriodically(Runnable task, long delay, long period, TimeUnit unit) {
			return this.scheduler.schedulePeriodically(task, delay, period, unit);
		}

		@Override
		public Worker createWorker() {
			return this.scheduler.createWorker();
		}

	}

	private final class FaultyClock extends Clock {

		private final Clock clock;

		FaultyClock(Clock clock) {
			this.clock = clock;
		}

		@Override
		public Instant instant() {
			call("clock");
			return this.clock.instant();
		}

		@Override
		public ZoneId getZone() {
			return this.clock.getZone();
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
