package io.progress.sse.benchmarks.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.redis.RedisProgressEventStore;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.store.WriterToken;
import io.progress.sse.tail.JobTail;
import io.progress.sse.tail.TailSignal;

/**
 * A node that writes and a node that watches, each with a store of its own.
 */
final class Nodes implements AutoCloseable {

	private static final Duration POLL = Duration.ofMillis(500);

	private static final int IN_FLIGHT = 64;

	private final String run = UUID.randomUUID().toString();

	private final ConcurrentHistogram latency = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(1), 3);

	private final LongAdder failures = new LongAdder();

	private final Disposable.Composite watching = Disposables.composite();

	private final Scheduler scheduler = Schedulers.newParallel("watch", 1, true);

	private final List<Writer> writers = new ArrayList<>();

	private final LettuceConnectionFactory connections;

	private final RedisProgressEventStore writing;

	private final RedisProgressEventStore reading;

	private final String padding;

	Nodes(RedisServer redis, int payload) {
		this.connections = redis.connections();
		this.writing = RedisProgressEventStore.builder(this.connections).build();
		this.reading = RedisProgressEventStore.builder(this.connections).build();
		this.padding = "x".repeat(Math.max(0, payload - 110));
	}

	/** How many appends had no answer. */
	long failures() {
		return this.failures.sum();
	}

	Histogram latency() {
		return this.latency;
	}

	void watch(int jobs, RedisMain.Watching how) {
		CountDownLatch ready = new CountDownLatch(jobs);
		JobTail tail = new JobTail(this.reading, this.scheduler, Duration.ofSeconds(15));
		for (int i = 0; i < jobs; i++) {
			JobId job = writer(i).info.id();
			if (how == RedisMain.Watching.PUSHED) {
				this.watching.add(tail.follow(job, null).doOnNext((signal) -> ready.countDown()).subscribe(this::seen));
			}
			else {
				ready.countDown();
				this.watching.add(poll(job, i));
			}
		}
		try {
			ready.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Disposable poll(JobId job, int index) {
		EventId[] position = new EventId[1];
		return Flux.interval(POLL.multipliedBy(index % 1000).dividedBy(1000), POLL, this.scheduler)
			.onBackpressureDrop()
			.concatMap((tick) -> page(job, position[0]))
			.subscribe((event) -> {
				position[0] = event.id();
				seen(event);
			});
	}

	private Flux<StoredEvent> page(JobId job, @Nullable EventId after) {
		return this.reading.read(job, after, 256).onErrorComplete().flatMapIterable((page) -> page.events());
	}

	private void seen(TailSignal signal) {
		if (signal instanceof TailSignal.Next next) {
			seen(next.event());
		}
	}

	private void seen(StoredEvent event) {
		String message = event.event().message();
		if (message != null) {
			this.latency.recordValue(System.nanoTime() - Long.parseLong(message.substring(0, message.indexOf(' '))));
		}
	}

	/** Each job sends its next batch when the last one is answered. */
	long appendFlatOut(int jobs, int batch, Duration time) {
		LongAdder events = new LongAdder();
		long end = System.nanoTime() + time.toNanos();
		Flux.range(0, Integer.MAX_VALUE)
			.takeWhile((i) -> System.nanoTime() < end)
			.flatMap((i) -> writer(i % jobs).append(batch).doOnNext((done) -> events.add(batch)), IN_FLIGHT)
			.blockLast();
		return events.sum();
	}

	/** One event after the other by the clock, whatever comes of them. */
	void appendAtRate(int jobs, int rate, Duration time) {
		long start = System.nanoTime();
		long count = rate * time.toSeconds();
		for (long i = 0; i < count; i++) {
			long due = start + i * 1_000_000_000L / rate;
			while (System.nanoTime() < due) {
				LockSupport.parkNanos(50_000);
			}
			writer((int) (i % jobs)).append(1).subscribe();
		}
		LockSupport.parkNanos(POLL.toNanos() * 2);
	}

	private Writer writer(int index) {
		while (this.writers.size() <= index) {
			this.writers.add(new Writer(JobId.of(this.run + "-" + this.writers.size())));
		}
		return this.writers.get(index);
	}

	@Override
	public void close() {
		this.watching.dispose();
		this.scheduler.dispose();
		this.writing.close();
		this.reading.close();
		this.connections.destroy();
	}

	/** The worker's side of a job. */
	private final class Writer {

		private final WriterToken token = WriterToken.of(1);

		private final JobInfo info;

		private long sequence;

		Writer(JobId id) {
			this.info = new JobInfo(id, "bench", null, null, Instant.EPOCH);
		}

		Mono<Boolean> append(int size) {
			List<ProgressEvent> events = IntStream.range(0, size).mapToObj((i) -> event()).toList();
			long first = this.sequence + 1;
			this.sequence += size;
			return Nodes.this.writing.append(new EventBatch(this.info, this.token, first, events, AppendMode.RESTORE))
				.thenReturn(true)
				.doOnError((ex) -> Nodes.this.failures.increment())
				.onErrorComplete();
		}

		private ProgressEvent event() {
			return ProgressEvent.builder(this.info, JobState.RUNNING, Instant.EPOCH)
				.message(System.nanoTime() + " " + Nodes.this.padding)
				.build();
		}

	}

}
