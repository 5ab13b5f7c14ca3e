package io.progress.sse.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import io.progress.sse.DuplicateJobException;
import io.progress.sse.JobHandle;
import io.progress.sse.JobListener;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTask;
import io.progress.sse.ProgressTracker;
import io.progress.sse.RequestContext;
import io.progress.sse.Scope;
import io.progress.sse.TooManyJobsException;
import io.progress.sse.engine.FaultyStore.Fault;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class AdmissionTests {

	private static final Duration SOON = Duration.ofMillis(50);

	private static final JobSpec CHOSEN = JobSpec.named("test").withId(JobId.of("chosen"));

	@RegisterExtension
	final TestTracker test = new TestTracker((settings) -> settings.admissionTimeout(SOON));

	private final Sinks.One<Boolean> answer = Sinks.one();

	private final Fault late = (batch, store) -> this.answer.asMono().then(store.append(batch));

	@Nested
	class TheWait {

		@Test
		void isOverWithTheAnswer() throws Exception {
			ProgressTracker patient = patient();
			test.store.next(late);
			CompletableFuture<ProgressJob> job = CompletableFuture.supplyAsync(() -> patient.open(CHOSEN));
			await().until(() -> !test.store.tries.isEmpty());
			assertThat(job).isNotDone();
			answer.tryEmitValue(true);
			assertThat(job.get().state()).isEqualTo(JobState.QUEUED);
		}

		@Test
		void findsTheDuplicate() {
			test.tracker.open(CHOSEN);
			test.store.next(late);
			ProgressTracker patient = patient();
			CompletableFuture<ProgressJob> job = CompletableFuture.supplyAsync(() -> patient.open(CHOSEN));
			await().until(() -> test.store.tries.size() == 2);
			answer.tryEmitValue(true);
			assertThat(job).failsWithin(Duration.ofSeconds(5))
				.withThrowableThat()
				.withCauseInstanceOf(DuplicateJobException.class);
		}

		@Test
		void isBounded() {
			test.store.usually(FaultyStore.SILENCE);
			ProgressJob job = test.tracker.open(CHOSEN);
			job.begin();
			assertThat(job.state()).isEqualTo(JobState.RUNNING);
		}

		@Test
		void doesNotWaitForAGeneratedId() {
			test.store.usually(FaultyStore.SILENCE);
			assertThat(patient().open(JobSpec.named("test")).state()).isEqualTo(JobState.QUEUED);
		}

		@Test
		void isNotForAThreadThatMustNotBlock() {
			test.store.usually(FaultyStore.SILENCE);
			ProgressTracker patient = patient();
			StepVerifier.create(Mono.fromSupplier(() -> patient.open(CHOSEN)).subscribeOn(Schedulers.parallel()))
				.expectNextCount(1)
				.expectComplete()
				.verify(Duration.ofSeconds(10));
		}

		@Test
		void isNotCutShortByAnInterrupt() {
			ProgressTracker patient = patient();
			test.tracker.open(CHOSEN);
			test.store.next((batch, store) -> store.append(batch).delaySubscription(SOON));
			Thread.currentThread().interrupt();
			assertThatExceptionOfType(DuplicateJobException.class).isThrownBy(() -> patient.open(CHOSEN));
			assertThat(Thread.interrupted()).isTrue();
		}

		@Test
		void isBoundedAlsoForAnInterruptedThread() {
			test.store.usually(FaultyStore.SILENCE);
			Thread.currentThread().interrupt();
			assertThat(test.tracker.open(CHOSEN).state()).isEqualTo(JobState.QUEUED);
			assertThat(Thread.interrupted()).isTrue();
		}

		private ProgressTracker patient() {
			return ProgressTrackerBuilder.forStore(test.store).admissionTimeout(Duration.ofMinutes(1)).build();
		}

	}

	@Nested
	class TheWaitWithoutBlocking {

		@Test
		void isOverWithTheAnswer() {
			test.store.next(late);
			List<ProgressJob> jobs = new ArrayList<>();
			test.tracker.admit(CHOSEN).subscribe(jobs::add);
			assertThat(jobs).isEmpty();
			answer.tryEmitValue(true);
			await().until(() -> !jobs.isEmpty());
		}

		@Test
		void isBounded() {
			test.store.next(FaultyStore.SILENCE);
			List<ProgressJob> jobs = new ArrayList<>();
			test.tracker.admit(CHOSEN).subscribe(jobs::add);
			test.pass(SOON);
			await().until(() -> !jobs.isEmpty());
		}

		@Test
		void isNoneDuringAShutdown() {
			test.store.usually(FaultyStore.SILENCE);
			Scheduler gone = Schedulers.newSingle("gone");
			gone.dispose();
			ProgressTracker tracker = ProgressTrackerBuilder.forStore(test.store).scheduler(gone).build();
			StepVerifier.create(tracker.admit(CHOSEN))
				.expectNextCount(1)
				.expectComplete()
				.verify(Duration.ofSeconds(5));
		}

		@Test
		void leadsToNeitherTheTickersNorTheStoresThread() throws InterruptedException {
			test.store.next(late);
			AtomicReference<Thread> worker = new AtomicReference<>();
			CountDownLatch done = new CountDownLatch(1);
			test.tracker.mono(CHOSEN, (progress) -> {
				worker.set(Thread.currentThread());
				return Mono.empty();
			}).subscribe(null, null, done::countDown);
			answer.tryEmitValue(true);
			done.await();
			assertThat(worker.get()).isNotSameAs(Thread.currentThread());
		}

		@Test
		void endsTheJobIfItIsCancelled() {
			test.store.next(late);
			test.tracker.admit(CHOSEN).subscribe().dispose();
			answer.tryEmitValue(true);
			assertThat(test.tracker.stats().runningJobs()).isZero();
			test.tick();
			assertThat(states()).containsExactly(JobState.QUEUED, JobState.CANCELLED);
		}

		@Test
		void isNewForEachSubscription() {
			Mono<ProgressJob> admission = test.tracker.admit(JobSpec.named("test"));
			JobId first = admission.block(Duration.ofSeconds(5)).id();
			assertThat(admission.block(Duration.ofSeconds(5)).id()).isNotEqualTo(first);
		}

	}

	@Nested
	class ASubscriberThatLeaves {

		@Test
		void whileListenersHearOfTheStartEndsTheJob() throws InterruptedException {
			for (JobSpec spec : List.of(CHOSEN, JobSpec.named("test"))) {
				CountDownLatch starting = new CountDownLatch(1);
				CountDownLatch goOn = new CountDownLatch(1);
				AtomicBoolean worked = new AtomicBoolean();
				ProgressTracker tracker = ProgressTrackerBuilder.forStore(InMemoryProgressEventStore.builder().build())
					.listener(new JobListener() {
						@Override
						public void started(JobInfo job) {
							starting.countDown();
							try {
								goOn.await();
							}
							catch (InterruptedException ex) {
								throw new IllegalStateException(ex);
							}
						}
					})
					.build();
				Scheduler own = Schedulers.newSingle("own");
				Disposable subscriber = tracker.mono(spec, (progress) -> Mono.fromRunnable(() -> worked.set(true)))
					.subscribeOn(own)
					.subscribe();
				starting.await();
				own.disposeGracefully().subscribe();
				subscriber.dispose();
				goOn.countDown();
				await().until(() -> tracker.stats().runningJobs() == 0);
				assertThat(worked).isFalse();
				tracker.close();
			}
		}

	}

	@Nested
	class AStoreThatIsFull {

		private final InMemoryProgressEventStore store = InMemoryProgressEventStore.builder().maxJobs(1).build();

		private final List<JobInfo> started = new ArrayList<>();

		private final ProgressTracker tracker = ProgressTrackerBuilder.forStore(this.store).listener(new JobListener() {
			@Override
			public void started(JobInfo job) {
				AStoreThatIsFull.this.started.add(job);
			}
		}).build();

		@Test
		void refusesJobsUntilOneHasEnded() throws Exception {
			ProgressJob running = this.tracker.open(JobSpec.named("one"));
			for (JobSpec spec : List.of(CHOSEN, JobSpec.named("two"))) {
				assertThatExceptionOfType(TooManyJobsException.class).isThrownBy(() -> this.tracker.start(spec, work()))
					.withMessageContaining("'maxJobs'");
				assertThatExceptionOfType(TooManyJobsException.class).isThrownBy(() -> this.tracker.run(spec, work()));
				StepVerifier.create(this.tracker.admit(spec))
					.expectError(TooManyJobsException.class)
					.verify(Duration.ofSeconds(5));
			}
			assertThat(this.started).hasSize(1);
			assertThat(this.tracker.stats().runningJobs()).isEqualTo(1);
			assertThat(this.tracker.stats().waitingEvents()).isZero();
			running.done();
			assertThat(this.tracker.<String>run(CHOSEN, (progress) -> "result")).isEqualTo("result");
			assertThat(this.store.jobs()).isEqualTo(1);
		}

		private static ProgressTask<Object> work() {
			return (progress) -> {
				throw new AssertionError("must not run");
			};
		}

	}

	@Nested
	class AStoreThatComesBack {

		@Test
		void getsTheJobFromItsBeginning() {
			test.store.usually(FaultyStore.OUT_OF_REACH);
			ProgressJob job = test.tracker.open(CHOSEN);
			job.begin();
			job.reporter().phase("alone");
			job.done();
			assertThat(test.events(job)).isEmpty();
			test.store.usually(FaultyStore.NONE);
			test.pass(Duration.ofSeconds(2));
			assertThat(states()).containsExactly(JobState.QUEUED, JobState.RUNNING, JobState.RUNNING, JobState.DONE);
		}

		@Test
		void keepsTheRunOfTheOtherIfThereIsOne() {
			ProgressJob first = test.tracker.open(CHOSEN);
			test.store.usually(FaultyStore.OUT_OF_REACH);
			ProgressTracker elsewhere = ProgressTrackerBuilder.forStore(test.store)
				.scheduler(test.time)
				.admissionTimeout(SOON)
				.build();
			ProgressJob second = elsewhere.open(CHOSEN);
			second.begin();
			test.store.usually(FaultyStore.NONE);
			test.pass(Duration.ofSeconds(2));
			second.done();
			assertThat(states()).containsExactly(JobState.QUEUED);
			first.done();
			assertThat(states()).containsExactly(JobState.QUEUED, JobState.DONE);
		}

	}

	@Nested
	class ARequest {

		private final List<JobHandle> told = new ArrayList<>();

		@Test
		void givesItsIdToTheFirstJobAndItsOwnerToAll() {
			during(request("wanted"), () -> {
				ProgressJob first = test.tracker.open(CHOSEN);
				ProgressJob second = test.tracker.open(JobSpec.named("test"));
				ProgressJob third = test.tracker.open(CHOSEN);
				assertThat(first.id()).isEqualTo(JobId.of("wanted"));
				assertThat(second.id()).isNotEqualTo(first.id());
				assertThat(third.id()).isEqualTo(CHOSEN.id());
				assertThat(this.told).containsExactly(first, second, third);
				assertThat(owner(first)).isEqualTo("ada");
				assertThat(owner(second)).isEqualTo("ada");
			});
		}

		@Test
		void doesNotGiveItsIdToAChild() {
			during(request("wanted"), () -> {
				assertThat(test.tracker.open(JobSpec.named("child").withParent(JobId.of("parent"))).id())
					.isNotEqualTo(JobId.of("wanted"));
				assertThat(test.tracker.open(JobSpec.named("root")).id()).isEqualTo(JobId.of("wanted"));
			});
		}

		@Test
		void doesNotTakeTheJobFromAnOwnerThatWasNamed() {
			during(request("wanted"), () -> {
				assertThat(owner(test.tracker.open(JobSpec.named("test").withOwner("bob")))).isEqualTo("bob");
			});
		}

		@Test
		void isFoundInAReactorContext() {
			RequestContext request = request("wanted");
			ProgressJob job = test.tracker.admit(JobSpec.named("test"))
				.contextWrite((context) -> context.put(RequestContext.class, request))
				.block(Duration.ofSeconds(5));
			assertThat(job.id()).isEqualTo(JobId.of("wanted"));
			assertThat(this.told).containsExactly(job);
		}

		@Test
		void thatCannotBeAnsweredAnyMoreDoesNotStopTheWork() {
			RequestContext request = new RequestContext(null, null, (job) -> {
				throw new IllegalStateException("expected");
			});
			during(request, () -> {
				ProgressJob job = test.tracker.open(CHOSEN);
				assertThat(job.state()).isEqualTo(JobState.QUEUED);
			});
		}

		@Test
		void isNotToldOfADuplicate() {
			test.tracker.open(CHOSEN);
			during(request("chosen"), () -> {
				assertThatExceptionOfType(DuplicateJobException.class)
					.isThrownBy(() -> test.tracker.open(JobSpec.named("test")));
			});
			assertThat(this.told).isEmpty();
		}

		private void during(RequestContext request, Runnable work) {
			Scope scope = request.activate();
			work.run();
			scope.close();
		}

		private RequestContext request(String id) {
			return new RequestContext(JobId.of(id), "ada", this.told::add);
		}

		private String owner(JobHandle job) {
			return test.store.read(job.id(), null, 0).block(Duration.ofSeconds(5)).job().owner();
		}

	}

	private List<JobState> states() {
		return this.test.store.read(CHOSEN.id(), null, 100)
			.block(Duration.ofSeconds(5))
			.events()
			.stream()
			.map((stored) -> stored.event())
			.map(ProgressEvent::state)
			.toList();
	}

}
