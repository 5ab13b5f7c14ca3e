package io.progress.sse.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.progress.sse.DuplicateJobs;
import io.progress.sse.JobListener;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.engine.ProgressTrackerBuilder;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.store.memory.InMemoryProgressEventStore;
import io.progress.sse.test.MutableClock;
import io.progress.sse.webhook.Receiver.Message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class WebhookNotifierTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Duration SHORT = Duration.ofSeconds(5);

	private static final Duration LONG = Duration.ofHours(2);

	private final MutableClock clock = new MutableClock();

	private final InMemoryProgressEventStore store = InMemoryProgressEventStore.builder().clock(this.clock).build();

	private final FragileQueue queue = new FragileQueue(new InMemoryDeliveryQueue(this.clock, 3));

	private final Receiver receiver = new Receiver();

	private final Deque<AutoCloseable> closing = new ArrayDeque<>();

	private final WebhookNotifier notifier = notifier(null);

	private final ProgressTracker tracker = tracker(this.notifier);

	@AfterEach
	void close() throws Exception {
		for (AutoCloseable each : this.closing) {
			each.close();
		}
		this.receiver.close();
	}

	@Test
	void tellsTheEndOfAJobInTheStandardEnvelope() {
		ProgressJob job = this.tracker.open(hooked());
		job.begin();
		job.reporter().total(3);
		job.reporter().advance(3);
		job.done("report.pdf");
		Message message = this.receiver.next();
		assertThat(message.isSignedWith(WebhookClientTests.SECRET)).isTrue();
		JsonNode json = JsonMapper.shared().readTree(message.body());
		assertThat(json.propertyNames()).containsExactly("type", "timestamp", "data");
		assertThat(json.get("type").asString()).isEqualTo("job.done");
		assertThat(json.get("timestamp").asString()).isEqualTo("2026-01-01T00:00:00Z");
		JsonNode data = json.get("data");
		assertThat(data.get("jobId").asString()).isEqualTo(job.id().value());
		assertThat(data.get("job").asString()).isEqualTo("report");
		assertThat(data.get("state").asString()).isEqualTo("done");
		assertThat(data.get("completed").asInt()).isEqualTo(3);
		assertThat(data.get("result").asString()).isEqualTo("report.pdf");
		awaitPending(0);
		assertThat(this.notifier.stats().delivered()).isOne();
	}

	@Test
	void tellsFailuresAndCancellationsAsWell() {
		this.tracker.open(hooked()).fail(new IllegalStateException("a secret"));
		Message failed = this.receiver.next();
		assertThat(failed.body()).contains("\"type\":\"job.failed\"").doesNotContain("a secret");
		this.tracker.open(hooked()).cancelled();
		assertThat(this.receiver.next().body()).contains("\"type\":\"job.cancelled\"");
	}

	@Test
	void sendsNothingBeforeTheEnd() {
		ProgressJob job = this.tracker.open(hooked());
		job.begin();
		pass(Duration.ofDays(1));
		assertThat(this.receiver.waiting()).isZero();
		job.done();
		assertThat(this.receiver.next().body()).contains("job.done");
	}

	@Test
	void triesAgainBySchedule() {
		this.receiver.answering(Receiver.status(500), Receiver.status(404));
		this.tracker.open(hooked()).done();
		Message first = this.receiver.next();
		awaitRetries(1);
		pass(SHORT.minusMillis(1));
		assertThat(this.receiver.waiting()).isZero();
		pass(SHORT);
		Message second = this.receiver.next();
		awaitRetries(2);
		pass(SHORT.multipliedBy(2));
		assertThat(this.receiver.waiting()).isZero();
		pass(LONG.multipliedBy(2));
		Message third = this.receiver.next();
		for (Message each : List.of(second, third)) {
			assertThat(each.header("webhook-id")).isEqualTo(first.header("webhook-id"));
			assertThat(each.body()).isEqualTo(first.body());
			assertThat(each.header("webhook-timestamp")).isGreaterThan(first.header("webhook-timestamp"));
			assertThat(each.isSignedWith(WebhookClientTests.SECRET)).isTrue();
		}
		awaitPending(0);
		assertThat(this.notifier.stats()).isEqualTo(new WebhookStats(1, 2, 2, 0, 0));
	}

	@Test
	void givesUpWhenTheScheduleIsOver(CapturedOutput log) {
		this.receiver.answering(Receiver.status(500), Receiver.status(500), Receiver.status(500));
		ProgressJob job = this.tracker.open(hooked());
		job.done();
		for (int i = 1; i <= 2; i++) {
			this.receiver.next();
			awaitRetries(i);
			pass(LONG.multipliedBy(2));
		}
		this.receiver.next();
		awaitPending(0);
		assertThat(this.notifier.stats()).isEqualTo(new WebhookStats(0, 3, 2, 1, 0));
		assertThat(log)
			.containsOnlyOnce("A webhook to 'http://localhost:" + this.receiver.port() + "' was given up: status 500")
			.doesNotContain("token")
			.doesNotContain("whsec_");
	}

	@Test
	void complainsOnceWhenManyAreGivenUpTogether(CapturedOutput log) {
		HttpHandler gone = Receiver.status(410);
		this.receiver.answering(gone, gone, gone);
		this.notifier.start();
		for (int i = 0; i < 3; i++) {
			this.tracker.open(hooked()).done();
		}
		await().atMost(PATIENCE).until(() -> this.notifier.stats().abandoned() == 3);
		assertThat(log).containsOnlyOnce("was given up");
	}

	@Test
	void takesGoneForAnAnswer() {
		this.receiver.answering(Receiver.status(410));
		this.tracker.open(hooked()).done();
		this.receiver.next();
		awaitPending(0);
		assertThat(this.notifier.stats().abandoned()).isOne();
	}

	@Test
	void comesBackWhenItIsAskedToButDoesNotWaitForever() {
		this.receiver.answering(Receiver.status(429, "Retry-After", "60"),
				Receiver.status(503, "Retry-After", "999999999"));
		this.tracker.open(hooked()).done();
		this.receiver.next();
		awaitRetries(1);
		pass(Duration.ofSeconds(59));
		assertThat(this.receiver.waiting()).isZero();
		pass(Duration.ofSeconds(2));
		this.receiver.next();
		awaitRetries(2);
		pass(LONG.plus(WebhookNotifier.MAX_RETRY_AFTER));
		assertThat(this.receiver.next()).isNotNull();
	}

	@Test
	void leavesTheEndsOfADeadNodeToTheOthers() {
		ProgressTracker dying = tracker(deafToEnds());
		dying.open(hooked()).done();
		pass(WebhookNotifier.CHECK_INTERVAL.minusMillis(1));
		assertThat(this.receiver.waiting()).isZero();
		pass(Duration.ofMillis(1));
		assertThat(this.receiver.next().body()).contains("job.done");
	}

	@Test
	void sendsOnceAlthoughManyNodesClaimDueDeliveries() {
		List<WebhookNotifier> nodes = List.of(this.notifier, notifier(null), notifier(null));
		ProgressTracker dying = tracker(deafToEnds());
		for (int i = 0; i < 3; i++) {
			dying.open(hooked()).done();
		}
		this.clock.advance(WebhookNotifier.CHECK_INTERVAL);
		Flux.fromIterable(nodes)
			.flatMap((node) -> node.deliverDue().subscribeOn(Schedulers.parallel()))
			.blockLast(Duration.ofSeconds(20));
		assertThat(List.of(this.receiver.next(), this.receiver.next(), this.receiver.next()))
			.extracting((message) -> message.header("webhook-id"))
			.doesNotHaveDuplicates();
		assertThat(this.receiver.waiting()).isZero();
	}

	@Test
	void doesNotTellTheEndOfAnotherRun(CapturedOutput log) {
		JobId id = JobId.of("same-id");
		this.receiver.answering(Receiver.status(500));
		this.tracker.open(hooked().withId(id)).done();
		this.receiver.next();
		awaitRetries(1);
		pass(Duration.ofMillis(1));
		this.tracker.open(JobSpec.named("report").withId(id).onDuplicate(DuplicateJobs.REPLACE)).done();
		pass(LONG);
		awaitPending(0);
		assertThat(this.receiver.waiting()).isZero();
		assertThat(log).contains("another run has taken its place");
	}

	@Test
	void givesUpOnAnEndThatIsNowhere(CapturedOutput log) {
		ProgressTracker dying = tracker(deafToEnds());
		ProgressJob job = dying.open(hooked());
		job.done();
		this.store.delete(job.id()).block(Duration.ofSeconds(5));
		for (int i = 0; i < 3; i++) {
			pass(LONG.multipliedBy(2));
		}
		awaitPending(0);
		assertThat(log).contains("its end is not in the store");
	}

	@Test
	void outlastsAQueueThatIsAway() {
		this.queue.away(true);
		ProgressJob job = this.tracker.open(hooked());
		job.done();
		pass(SHORT);
		assertThat(this.receiver.waiting()).isZero();
		this.queue.away(false);
		assertThat(this.receiver.next().body()).contains(job.id().value());
	}

	@Test
	void outlastsAQueueThatThrows() {
		this.queue.broken(true);
		for (int i = 0; i < 3; i++) {
			this.clock.advance(SHORT);
			this.notifier.deliverDue().onErrorComplete().block(Duration.ofSeconds(20));
		}
		this.queue.broken(false);
		ProgressJob job = this.tracker.open(hooked());
		job.done();
		assertThat(this.receiver.next().body()).contains(job.id().value());
	}

	@Test
	void saysSoWhenTheQueueIsFull(CapturedOutput log) {
		for (int i = 0; i < 3; i++) {
			this.tracker.open(hooked());
		}
		this.tracker.open(hooked()).done();
		await().atMost(PATIENCE).until(() -> this.notifier.stats().abandoned() == 1);
		assertThat(log).contains("the queue is full");
	}

	@Test
	void refusesABadUrlBeforeTheJobIsThere() {
		JobSpec bad = JobSpec.named("report")
			.withId(JobId.of("bad-webhook"))
			.withWebhook(URI.create("ftp://a.example/"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.tracker.open(bad))
			.withMessage("'webhook' must be an https or http URL");
		assertThat(this.tracker.find(JobId.of("bad-webhook"))).isEmpty();
	}

	@Test
	void ignoresAJobWithoutAUrl() {
		this.tracker.open(JobSpec.named("report")).done();
		assertThat(this.queue.size().block(Duration.ofSeconds(5))).isZero();
	}

	@Test
	void tellsTheConfiguredUrlOfJobsThatNameNoneAndAreNoParts() {
		ProgressTracker tracker = tracker(notifier(this.receiver.url("/all")));
		ProgressJob whole = tracker.open(JobSpec.named("report"));
		tracker.open(JobSpec.named("part").withParent(whole.id())).done();
		tracker.open(hooked()).done();
		assertThat(this.receiver.next().uri().getPath()).isEqualTo("/hook");
		whole.done();
		assertThat(this.receiver.next().uri().getPath()).isEqualTo("/all");
		assertThat(this.receiver.waiting()).isZero();
	}

	@Test
	void finishesRunningAttemptsWhenItStops() throws InterruptedException {
		CountDownLatch arrived = new CountDownLatch(1);
		CountDownLatch answer = new CountDownLatch(1);
		this.receiver.answering(waiting(arrived, answer));
		this.tracker.open(hooked()).done();
		assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
		Thread stop = new Thread(this.notifier::stop);
		stop.start();
		answer.countDown();
		stop.join();
		assertThat(this.notifier.stats().delivered()).isOne();
	}

	@Test
	void leavesWhatItCannotFinishToTheNextOne() throws InterruptedException {
		CountDownLatch arrived = new CountDownLatch(1);
		CountDownLatch never = new CountDownLatch(1);
		this.receiver.answering(waiting(arrived, never));
		this.tracker.open(hooked()).done();
		assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
		this.notifier.stop();
		this.notifier.close();
		String id = this.receiver.next().header("webhook-id");
		WebhookNotifier next = notifier(null);
		this.clock.advance(Duration.ofMinutes(1));
		next.deliverDue().block(Duration.ofSeconds(20));
		assertThat(this.receiver.next().header("webhook-id")).isEqualTo(id);
		assertThat(next.stats().delivered()).isOne();
		never.countDown();
	}

	@Test
	void startsNothingAfterItHasStopped() {
		this.notifier.stop();
		this.tracker.open(hooked()).done();
		pass(LONG);
		assertThat(this.receiver.waiting()).isZero();
		this.notifier.start();
		assertThat(this.receiver.next()).isNotNull();
	}

	private static HttpHandler waiting(CountDownLatch arrived, CountDownLatch answer) {
		return (exchange) -> {
			arrived.countDown();
			try {
				answer.await(30, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			Receiver.status(204).handle(exchange);
		};
	}

	private JobSpec hooked() {
		return JobSpec.named("report").withWebhook(this.receiver.url());
	}

	/** A node that dies when the end is stored, before it can do anything about it. */
	private JobListener deafToEnds() {
		return new JobListener() {
			@Override
			public void started(JobInfo job, JobSpec spec) {
				WebhookNotifierTests.this.notifier.started(job, spec);
			}
		};
	}

	private WebhookNotifier notifier(URI url) {
		WebhookSettings settings = TestSettings.of("url=" + ((url != null) ? url : ""),
				"schedule=" + SHORT + "," + LONG, "timeout=20s", "concurrency=2");
		WebhookTargets targets = new WebhookTargets(true, true);
		WebhookNotifier notifier = new WebhookNotifier(this.store, this.queue, settings, targets,
				new WebhookClient(settings, targets, this.clock, InetAddress::getAllByName, HttpClient::secure));
		this.closing.add(notifier);
		return notifier;
	}

	private ProgressTracker tracker(JobListener listener) {
		ProgressTracker tracker = ProgressTrackerBuilder.forStore(this.store)
			.clock(this.clock)
			.listener(listener)
			.build();
		this.closing.addFirst(tracker);
		return tracker;
	}

	/** Lets time pass, and what is due be delivered. */
	private void pass(Duration duration) {
		this.clock.advance(duration);
		this.notifier.deliverDue().block(Duration.ofSeconds(20));
	}

	private void awaitRetries(int number) {
		await().atMost(PATIENCE).until(() -> this.notifier.stats().retried() == number);
	}

	private void awaitPending(long number) {
		await().atMost(PATIENCE).until(() -> this.queue.size().block(Duration.ofSeconds(5)) == number);
	}

}
