package io.progress.sse.web;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobId;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients are told while the store is out of reach.
 */
@Tag("protocol")
class StoreOutageTests {

	private static final String STREAM = "/progress/jobs/report/events";

	@Test
	void aStreamIsRefusedWithARetryTime() {
		try (TestServer server = TestServer.start(new Class<?>[] { FailingStore.class })) {
			EventId first = server.job("report").queued();
			server.bean(FailingStore.class).away = true;
			for (String cursor : List.of(first.toString(), "0")) {
				try (RawClient client = RawClient.get(server.port(), STREAM, "Last-Event-ID: " + cursor)) {
					assertThat(client.status()).isEqualTo(200);
					assertThat(client.frames()).singleElement()
						.satisfies((frame) -> assertThat(frame).singleElement().asString().matches("retry: \\d{4,5}"));
				}
			}
		}
	}

	@Test
	void aPollingClientGetsTheReason() {
		try (TestServer server = TestServer.start(new Class<?>[] { FailingStore.class })) {
			server.bean(FailingStore.class).away = true;
			try (RawClient client = RawClient.get(server.port(), "/progress/jobs/report")) {
				assertThat(client.status()).isEqualTo(503);
				assertThat(client.header("retry-after")).isNotNull();
				assertThat(client.body()).contains("urn:problem-type:progress-sse:store-unavailable")
					.doesNotContain("planned");
			}
		}
	}

	@Test
	void theWaitForAStoreThatNeverAnswersEnds() {
		try (TestServer server = TestServer.start(new Class<?>[] { FailingStore.class })) {
			server.bean(FailingStore.class).silent = true;
			try (RawClient client = RawClient.get(server.port(), STREAM)) {
				assertThat(client.frames()).singleElement()
					.satisfies((frame) -> assertThat(frame).singleElement().asString().matches("retry: \\d{4,5}"));
			}
			try (RawClient client = RawClient.get(server.port(), "/progress/jobs/report")) {
				assertThat(client.status()).isEqualTo(503);
			}
		}
	}

	@Test
	void aRequestForATicketGetsTheReason() {
		try (TestServer server = TestServer.start(new Class<?>[] { FailingStore.class })) {
			server.bean(FailingStore.class).away = true;
			try (RawClient client = RawClient.send(server.port(), "POST", "/progress/jobs/report/tickets",
					"X-Test-User: alice")) {
				assertThat(client.status()).isEqualTo(503);
				assertThat(client.header("retry-after")).isNotNull();
				assertThat(client.body()).contains("urn:problem-type:progress-sse:store-unavailable");
			}
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class FailingStore {

		private volatile boolean away;

		private volatile boolean silent;

		@Bean
		InMemoryProgressEventStore memory() {
			return InMemoryProgressEventStore.builder().build();
		}

		@Bean
		@Primary
		ProgressEventStore failing(InMemoryProgressEventStore memory) {
			return new ProgressEventStore() {

				@Override
				public Mono<AppendResult> append(EventBatch batch) {
					return memory.append(batch);
				}

				@Override
				public Mono<EventPage> read(JobId job, @Nullable EventId after, int limit) {
					if (FailingStore.this.silent) {
						return Mono.never();
					}
					return FailingStore.this.away ? Mono.error(new IllegalStateException("planned"))
							: memory.read(job, after, limit);
				}

				@Override
				public Flux<StoreNotice> listen(JobId job) {
					return memory.listen(job);
				}

				@Override
				public Mono<Boolean> delete(JobId job) {
					return memory.delete(job);
				}

			};
		}

	}

}
