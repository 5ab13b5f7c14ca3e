package io.progress.sse.aop;

import java.io.ByteArrayInputStream;
import java.io.ObjectInputStream;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cache.interceptor.SimpleKeyGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.util.SerializationUtils;

import io.progress.sse.ProgressReporter;
import io.progress.sse.TrackProgress;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.test.RecordingProgressReporter;

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
	void aCachedCallIsFoundAgainWhateverItsReporter() {
		TrackedApplication.with(CachedConfig.class).run((context) -> {
			CachedWork work = context.getBean(CachedWork.class);
			RecordedJobs jobs = context.getBean(RecordedJobs.class);
			assertThat(work.byArguments("a", ProgressReporter.current())).isEqualTo(1);
			assertThat(work.byArguments("a", ProgressReporter.noop())).isEqualTo(1);
			assertThat(work.byArguments("b", ProgressReporter.current())).isEqualTo(2);
			assertThat(work.reactive("a", ProgressReporter.current()).block()).isEqualTo(1);
			assertThat(work.reactive("a", ProgressReporter.current()).block()).isEqualTo(1);
			assertThat(jobs.ends()).extracting((end) -> end.progress().completed())
				.containsExactly(1L, null, 1L, 1L, null);
		});
	}

	@Test
	void aCacheKeepsNoReporter() throws Exception {
		WeakReference<ProgressReporter> reporter = new WeakReference<>(new RecordingProgressReporter());
		Object key = SimpleKeyGenerator.generateKey("a", new ReporterArgument(reporter.get()));
		Awaitility.await().until(() -> {
			System.gc();
			return reporter.get() == null;
		});
		assertThat(key).isEqualTo(SimpleKeyGenerator.generateKey("a", new ReporterArgument(ProgressReporter.noop())))
			.hasToString("SimpleKey [a, ProgressReporter]");
		byte[] written = SerializationUtils.serialize(new ReporterArgument(ProgressReporter.noop()));
		Object read = new ObjectInputStream(new ByteArrayInputStream(written)).readObject();
		assertThat(read).isEqualTo(new ReporterArgument(ProgressReporter.noop()));
		((ProgressReporter) read).advance();
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
			return new ConcurrentMapCacheManager("work", "arguments", "reactive");
		}

	}

	static class CachedWork {

		private final AtomicInteger calls = new AtomicInteger();

		private final AtomicInteger reactiveCalls = new AtomicInteger();

		@TrackProgress
		@Cacheable(cacheNames = "work", key = "#id")
		int load(String id, ProgressReporter progress) {
			return this.calls.incrementAndGet();
		}

		@TrackProgress
		@Cacheable("arguments")
		int byArguments(String id, ProgressReporter progress) {
			progress.advance();
			return this.calls.incrementAndGet();
		}

		@TrackProgress
		@Cacheable("reactive")
		Mono<Integer> reactive(String id, ProgressReporter progress) {
			return Mono.fromSupplier(() -> {
				progress.advance();
				return this.reactiveCalls.incrementAndGet();
			});
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
