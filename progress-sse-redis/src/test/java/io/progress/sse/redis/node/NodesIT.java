package io.progress.sse.redis.node;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.progress.sse.redis.TestRedis;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes of a real application, each in a JVM of its own: what is worked on at one is
 * watched at the other.
 */
@Tag("long")
class NodesIT {

	private static final String[] SHORT_LEASE = { "--progress.sse.redis.lease=2s", "--progress.sse.redis.grace=1s",
			"--progress.sse.cancel.enabled=true" };

	private final String job = UUID.randomUUID().toString();

	private final TestRedis redis = new TestRedis();

	private final AtomicReferenceArray<Node> nodes = new AtomicReferenceArray<>(2);

	@BeforeEach
	void start() {
		this.nodes.set(0, Node.start(this.redis.port(), SHORT_LEASE));
		this.nodes.set(1, Node.start(this.redis.port(), SHORT_LEASE));
	}

	@AfterEach
	void stop() {
		this.nodes.get(0).close();
		this.nodes.get(1).close();
		this.redis.close();
	}

	@Test
	void aJobOfOneNodeIsWatchedAndCancelledOnTheOther() {
		try (Watcher watcher = watch(1, this.job)) {
			work(0, this.job, 1000, 20);
			watcher.awaitNotes(10);
			assertThat(this.nodes.get(1).send("DELETE", "/progress/jobs/" + this.job)).isEqualTo(202);
			watcher.awaitOver();
			assertThat(watcher.events()).endsWith("cancelled").doesNotContain("reset", "failed");
			assertThat(watcher.notes()).isEqualTo(upTo(watcher.notes().size()));
		}
	}

	@Test
	void aWorkerThatIsKilledIsSaidToBeLost() {
		try (Watcher watcher = watch(1, this.job)) {
			work(0, this.job, 1000, 50);
			watcher.awaitNotes(10);
			this.nodes.get(0).kill();
			long killed = System.nanoTime();
			watcher.awaitState("lost");
			assertThat(System.nanoTime() - killed).isLessThan(Duration.ofSeconds(10).toNanos());
			assertThat(watcher.states().stream().filter("lost"::equals)).hasSize(1);
		}
	}

	@Test
	void aWorkerThatIsStoppedSaysSo() {
		try (Watcher watcher = watch(1, this.job)) {
			work(0, this.job, 1000, 50);
			watcher.awaitNotes(10);
			this.nodes.get(0).stop();
			watcher.awaitOver();
			assertThat(watcher.events()).endsWith("failed");
			assertThat(watcher.states()).doesNotContain("lost");
			assertThat(watcher.codes()).containsExactly("shutdown");
		}
	}

	@Test
	void aRedisThatIsWipedLosesNothing() {
		try (Watcher watcher = watch(1, this.job)) {
			work(0, this.job, 60, 50);
			watcher.awaitNotes(20);
			this.redis.wipe();
			watcher.awaitOver();
			assertThat(watcher.notes().stream().distinct().toList()).isEqualTo(upTo(60));
			// The newest event of that moment comes once more, with its new id.
			assertThat(watcher.notes()).hasSizeLessThanOrEqualTo(61);
			assertThat(watcher.events()).endsWith("done").doesNotContain("reset");
			assertThat(watcher.states()).doesNotContain("lost");
		}
	}

	@Test
	void bothAreRestartedOneAfterTheOtherBehindARoundRobin() {
		List<Watcher> watchers = new ArrayList<>();
		try (Node worker = Node.start(this.redis.port(), SHORT_LEASE)) {
			IntStream.range(0, 4).forEach((i) -> watchers.add(new Watcher((tries) -> uri((i + tries) % 2, this.job))));
			worker.send("POST", "/work/" + this.job + "?steps=200&pause=500");
			for (int i = 0; i < 2; i++) {
				Watcher first = watchers.get(0);
				first.awaitNotes(first.notes().size() + 10);
				restart(i);
			}
			assertThat(this.nodes.get(0).send("DELETE", "/progress/jobs/" + this.job)).isEqualTo(202);
			for (Watcher watcher : watchers) {
				watcher.awaitOver();
				assertThat(watcher.notes()).hasSizeGreaterThan(20).isEqualTo(upTo(watcher.notes().size()));
				assertThat(watcher.events()).endsWith("cancelled").doesNotContain("reset");
			}
		}
		finally {
			watchers.forEach(Watcher::close);
		}
	}

	private void restart(int node) {
		this.nodes.get(node).stop();
		this.nodes.get(node).awaitExit();
		this.nodes.get(node).close();
		this.nodes.set(node, Node.start(this.redis.port(), SHORT_LEASE));
		this.nodes.get(node).port();
	}

	private void work(int node, String job, int steps, int pause) {
		assertThat(this.nodes.get(node).send("POST", "/work/" + job + "?steps=" + steps + "&pause=" + pause))
			.isEqualTo(200);
	}

	private Watcher watch(int node, String job) {
		URI uri = uri(node, job);
		return new Watcher((tries) -> uri);
	}

	private URI uri(int node, String job) {
		return this.nodes.get(node).uri("/progress/jobs/" + job + "/events");
	}

	private static List<String> upTo(int last) {
		return IntStream.rangeClosed(1, last).mapToObj(Integer::toString).toList();
	}

}
