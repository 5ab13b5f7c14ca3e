package io.progress.sse.aop;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

import io.progress.sse.ProgressReporter;
import io.progress.sse.TrackProgress;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tracked methods that are cached or scheduled.
 */
class OtherAdviceTests {

	@Test
	void aCachedCallIsAShortJob() {
		TrackedApplication.with(CachedConfig.class).run((context) -> {
			CachedWork work = context.getBean(CachedWork.class);
			assertThat(work.load("a", ProgressReporter.current())).isEqualTo(1);
			assertThat(work.load("a", ProgressReporter.current())).isEqualTo(1);
			RecordedJobs jobs = context.getBean(RecordedJobs.class);
			assertThat(jobs.ends()).extracting(ProgressEvent::state).containsExactly(JobState.DONE, JobState.DONE);
		});
	}

	@Test
	void eachTickOfAScheduleIsAJob() {
		TrackedApplication.with(ScheduledConfig.class).run((context) -> {
			RecordedJobs jobs = context.getBean(RecordedJobs.class);
			Awaitility.await().until(() -> ended(jobs, "blocking") >= 2 && ended(jobs, "reactive") >= 2);
			assertThat(jobs.end("reactive").progress().completed()).isEqualTo(1);
		});
	}

	private static long ended(RecordedJobs jobs, String name) {
		return jobs.ends().stream().filter((end) -> end.job().equals(name)).count();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching
	@Import(CachedWork.class)
	static class CachedConfig {

		@Bean
		CacheManager cacheManager() {
			return new ConcurrentMapCacheManager("work");
		}

	}

	static class CachedWork {

		private final AtomicInteger calls = new AtomicInteger();

		@TrackProgress
		@Cacheable(cacheNames = "work", key = "#id")
		int load(String id, ProgressReporter progress) {
			return this.calls.incrementAndGet();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	@Import(ScheduledWork.class)
	static class ScheduledConfig {

	}

	static class ScheduledWork {

		private final ProgressReporter progress;

		ScheduledWork(ProgressReporter progress) {
			this.progress = progress;
		}

		@Scheduled(fixedDelay = 10)
		@TrackProgress("blocking")
		void tick() {
			this.progress.advance();
		}

		@Scheduled(fixedDelay = 10)
		@TrackProgress("reactive")
		Mono<Void> stream() {
			ProgressReporter mine = ProgressReporter.current();
			return Mono.delay(Duration.ofMillis(1)).doOnNext((tick) -> mine.advance()).then();
		}

	}

}
