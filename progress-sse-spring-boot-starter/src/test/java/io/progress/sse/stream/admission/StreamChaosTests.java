package io.progress.sse.stream.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.progress.sse.TestSettings;
import io.progress.sse.event.JobId;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.store.memory.InMemoryProgressEventStore;
import io.progress.sse.stream.StreamSettings;
import io.progress.sse.stream.format.ProgressEventFormats;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that come, go, resume, dawdle and race the worker at random; a model says what
 * each of them must have seen. Set {@code progress.chaos.events} for a longer run.
 */
class StreamChaosTests {

	private static final int EVENTS = Integer.getInteger("progress.chaos.events", 1_000_000);

	private static final int JOBS = 12;

	private static final int CLIENTS_PER_JOB = 5;

	@Test
	@Timeout(600)
	void noClientMissesOrRepeatsAnything() throws Exception {
		ChaosModel model = run(EVENTS, UnaryOperator.identity());
		assertThat(model.complaints()).isEmpty();
		assertThat(model.milestones()).isGreaterThan(EVENTS / 20);
		assertThat(model.resumes()).isGreaterThan(CLIENTS_PER_JOB * JOBS);
		assertThat(model.conflated()).isPositive();
		System.out.println(model);
	}

	/**
	 * What would be seen of a splice that loses an event now and then.
	 */
	@Test
	@Timeout(600)
	void theModelSeesASpliceThatLosesMilestones() throws Exception {
		ChaosModel model = run(20_000, LosesEvents::new);
		assertThat(model.complaints()).isNotEmpty();
	}

	private static ChaosModel run(int events, UnaryOperator<ProgressEventStore> broken) throws Exception {
		long seed = Long.getLong("progress.chaos.seed", 20260531);
		ProgressEventStore store = InMemoryProgressEventStore.builder().eventsPerJob(400).build();
		StreamSettings settings = TestSettings.streams("heartbeat=50ms", "max-duration=700ms", "stall-timeout=60s",
				"linger=20ms", "window.events=48", "window.size=64KB", "window.lag=12");
		ChaosModel model = new ChaosModel();
		try (EventStreams feeds = new EventStreams(broken.apply(store), new ProgressEventFormats(List.of()), settings,
				model.meters(), System::nanoTime); ChaosLoops loops = new ChaosLoops()) {
			List<ChaosClient> clients = new ArrayList<>();
			List<Thread> workers = new ArrayList<>();
			Random random = new Random(seed);
			for (int i = 0; i < JOBS; i++) {
				JobId job = JobId.of("chaos-" + i);
				ChaosJob log = new ChaosJob(job, store, events / JOBS, random.nextLong());
				for (int k = 0; k < CLIENTS_PER_JOB; k++) {
					clients.add(new ChaosClient(log, feeds, loops, model, random.nextLong()));
				}
				workers.add(new Thread(log));
			}
			clients.forEach(ChaosClient::connect);
			workers.forEach(Thread::start);
			for (Thread worker : workers) {
				worker.join();
			}
			for (ChaosClient client : clients) {
				assertThat(client.awaitEnd(120, TimeUnit.SECONDS)).as("%s ends", client).isTrue();
			}
		}
		return model;
	}

	/** A store whose pages now and then lack an event in the middle. */
	private static final class LosesEvents implements ProgressEventStore {

		private final ProgressEventStore store;

		private final Random random = new Random(1);

		LosesEvents(ProgressEventStore store) {
			this.store = store;
		}

		@Override
		public Mono<AppendResult> append(EventBatch batch) {
			return this.store.append(batch);
		}

		@Override
		public Mono<EventPage> read(JobId job, EventId after, int limit) {
			return this.store.read(job, after, limit).map((page) -> {
				var events = new ArrayList<>(page.events());
				if (events.size() > 2 && this.random.nextInt(4) == 0) {
					events.remove(1);
				}
				return new EventPage(page.job(), page.stale(), events, page.earliest(), page.latest(), page.lease());
			});
		}

		@Override
		public Flux<StoreNotice> listen(JobId job) {
			return this.store.listen(job);
		}

		@Override
		public Mono<Boolean> delete(JobId job) {
			return this.store.delete(job);
		}

	}

}
