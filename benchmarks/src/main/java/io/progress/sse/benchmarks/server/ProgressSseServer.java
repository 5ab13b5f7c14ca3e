package io.progress.sse.benchmarks.server;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

import io.progress.sse.benchmarks.load.ServerKind;
import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Progress;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.WriterToken;

/**
 * This library with all defaults. Events go straight into the store: the ticker in front
 * of it would hold them back to a few per second.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ProgressSseServer {

	@Bean
	Publisher publisher(ProgressEventStore store) {
		return new StorePublisher(store);
	}

	private static final class StorePublisher implements Publisher {

		private final ProgressEventStore store;

		private final Map<Integer, JobInfo> jobs = new ConcurrentHashMap<>();

		private final WriterToken writer = WriterToken.of(System.currentTimeMillis());

		StorePublisher(ProgressEventStore store) {
			this.store = store;
		}

		@Override
		public void publish(int job, long number, long dueMicros) {
			Instant now = Instant.now();
			JobInfo info = this.jobs.computeIfAbsent(job,
					(n) -> new JobInfo(JobId.of(ServerKind.jobId(n)), JobProgress.JOB, null, null, now));
			ProgressEvent event = ProgressEvent.builder(info, JobState.RUNNING, now)
				.kind(EventKind.TICK)
				.phase(JobProgress.PHASE)
				.message(JobProgress.message(number))
				.progress(new Progress(JobProgress.fraction(number), number, JobProgress.TOTAL, JobProgress.UNIT,
						JobProgress.RATE, Duration.ofMillis(JobProgress.ETA_MILLIS)))
				.data(Map.of("t", dueMicros))
				.build();
			if (number == 1) {
				this.store.append(new EventBatch(info, this.writer, number, List.of(event), AppendMode.CREATE)).block();
			}
			else {
				this.store.append(new EventBatch(info, this.writer, number, List.of(event), AppendMode.CONTINUE))
					.subscribe();
			}
		}

	}

}
