package io.progress.sse.engine;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

import io.progress.sse.JobListener;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.RequestContext;
import io.progress.sse.Scope;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class JobListenerTests {

	private static final URI HOOK = URI.create("https://example.com/hook");

	private final Recorder recorder = new Recorder();

	@RegisterExtension
	final TestTracker test = new TestTracker((settings) -> settings.listener(this.recorder));

	@Test
	void hearsThatTheEndIsStored() {
		ProgressJob job = this.test.running();
		job.done();
		assertThat(this.recorder.news).containsExactlyInAnyOrder("started", "stored: true", "ended");
	}

	@Test
	void hearsItNotBeforeTheStoreHasTakenTheEnd() {
		ProgressJob job = this.test.running();
		this.test.store.next(FaultyStore.OUT_OF_REACH);
		job.done();
		assertThat(this.recorder.news).last().isEqualTo("ended");
		this.test.tick();
		assertThat(this.recorder.news).last().isEqualTo("stored: true");
	}

	@Test
	void hearsThatTheStoreHasNotTakenTheEnd() {
		ProgressJob job = this.test.running();
		this.test.store.next((batch, store) -> Mono.just(new AppendResult(AppendResult.Status.FENCED, null, 0, true)));
		job.done();
		assertThat(this.recorder.news).containsOnlyOnce("stored: false");
	}

	@Test
	void hearsItOfAJobThatTheTrackerGivesUp() {
		this.test.running();
		this.test.store.usually(FaultyStore.SILENCE);
		this.test.tracker.close();
		assertThat(this.recorder.news).last().isEqualTo("stored: false");
	}

	@Test
	void hearsWhatAJobWasStartedWith() {
		this.test.tracker.open(JobSpec.named("test").withWebhook(HOOK));
		assertThat(this.recorder.hooks).containsExactly(HOOK);
	}

	@Test
	void hearsTheWebhookOfARequestWithItsFirstJob() {
		Scope scope = new RequestContext(() -> null, null, () -> HOOK, (job) -> {
		}).activate();
		ProgressJob first = this.test.tracker.open(JobSpec.named("test"));
		this.test.tracker.open(JobSpec.named("test").withParent(first.id()));
		this.test.tracker.open(JobSpec.named("test"));
		scope.close();
		assertThat(this.recorder.hooks).containsExactly(HOOK, null, null);
	}

	@Test
	void mayRefuseAJob() {
		JobSpec refused = JobSpec.named("refused").withId(JobId.of("refused"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.test.tracker.open(refused)).withMessage("refused");
		assertThat(this.test.tracker.find(JobId.of("refused"))).isEmpty();
		assertThat(this.test.store.tries).isEmpty();
	}

	@Test
	void hearsNothingOfAJobWhoseSubscriberLeavesDuringTheAdmission() {
		JobSpec spec = JobSpec.named("test").withId(JobId.of("left-during-admission"));
		this.test.store.next(FaultyStore.SILENCE);
		this.test.tracker.mono(spec, (progress) -> Mono.just("work")).subscribe().dispose();
		this.test.pass(Duration.ofSeconds(20));
		assertThat(this.test.store.tries).as("viewers see the end").hasSize(3);
		assertThat(this.recorder.news).isEmpty();
	}

	@Test
	void hearsNothingOfAJobThatAShutdownEndsDuringTheAdmission() {
		JobSpec spec = JobSpec.named("test").withId(JobId.of("shut-during-admission"));
		this.test.store.next(FaultyStore.SILENCE);
		this.test.tracker.mono(spec, (progress) -> Mono.just("work")).subscribe();
		this.test.tracker.close();
		assertThat(this.recorder.news).isEmpty();
	}

	private static final class Recorder implements JobListener {

		final List<String> news = new CopyOnWriteArrayList<>();

		final List<URI> hooks = new CopyOnWriteArrayList<>();

		@Override
		public void admitting(JobSpec spec) {
			if (spec.name().equals("refused")) {
				throw new IllegalArgumentException("refused");
			}
		}

		@Override
		public void started(JobInfo job, JobSpec spec) {
			this.hooks.add(spec.webhook());
			this.news.add("started");
		}

		@Override
		public void ended(JobInfo job, ProgressEvent terminal) {
			this.news.add("ended");
		}

		@Override
		public void settled(JobInfo job, boolean stored) {
			this.news.add("stored: " + stored);
		}

	}

}
