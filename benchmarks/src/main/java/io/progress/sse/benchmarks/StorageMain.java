package io.progress.sse.benchmarks;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

import io.progress.sse.event.JobId;
import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Progress;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.WriterToken;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

/**
 * Measures what the events that a store in memory retains cost: heap, pauses of the
 * garbage collector and CPU. Takes the number of jobs, the events of each job in a second
 * (0: as many as possible) and the seconds to measure.
 */
public final class StorageMain {

	private static final int RETAINED = 256;

	private static final WriterToken WRITER = WriterToken.of(1);

	private final InMemoryProgressEventStore store;

	private final List<JobInfo> jobs;

	private final long[] sequences;

	StorageMain(int jobs) {
		this.store = InMemoryProgressEventStore.builder().maxJobs(jobs + 1).eventsPerJob(RETAINED).build();
		this.jobs = IntStream.range(0, jobs)
			.mapToObj((i) -> new JobInfo(JobId.of("job-%08d".formatted(i)), "import", "anna", null, Instant.now()))
			.toList();
		this.sequences = new long[jobs];
	}

	/**
	 * Runs it, and prints a line of figures.
	 * @param args jobs, events of a job in a second, seconds
	 * @throws InterruptedException if it is interrupted
	 */
	public static void main(List<String> args) throws InterruptedException {
		int jobs = Integer.parseInt(args.get(0));
		int rate = Integer.parseInt(args.get(1));
		int seconds = Integer.parseInt(args.get(2));
		StorageMain main = new StorageMain(jobs);
		main.fill();
		System.gc();
		OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		Pauses pauses = new Pauses();
		long cpu = system.getProcessCpuTime();
		long begin = System.nanoTime();
		long events = main.run(begin, TimeUnit.SECONDS.toNanos(seconds), (long) jobs * rate);
		long spent = System.nanoTime() - begin;
		cpu = system.getProcessCpuTime() - cpu;
		String collected = pauses.toString();
		System.gc();
		long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
		System.out.printf(Locale.ROOT, "%d jobs: %.0f events/s, %.2f µs of CPU each, %.0f MB of heap, %s%n",
				main.store.jobs(), events * 1e9 / spent, cpu / 1000.0 / events, heap / 1e6, collected);
	}

	private void fill() {
		for (int round = 0; round < RETAINED + 40; round++) {
			for (int job = 0; job < this.sequences.length; job++) {
				append(job);
			}
		}
	}

	private long run(long begin, long nanos, long eventsPerSecond) {
		long events = 0;
		while (System.nanoTime() - begin < nanos) {
			append((int) (events++ % this.sequences.length));
			if (eventsPerSecond > 0 && events % 100 == 0) {
				waitUntil(begin + events * TimeUnit.SECONDS.toNanos(1) / eventsPerSecond);
			}
		}
		return events;
	}

	private static void waitUntil(long due) {
		for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
	}

	private void append(int job) {
		JobInfo info = this.jobs.get(job);
		long n = ++this.sequences[job];
		ProgressEvent event = ProgressEvent.builder(info, JobState.RUNNING, Instant.now())
			.kind((n % 100 == 1) ? EventKind.MILESTONE : EventKind.TICK)
			.phase(((n / 100) % 2 == 0) ? "read" : "write")
			.message((n % 10 == 0) ? "row " + n : null)
			.progress(new Progress(Math.min(1, n / 100000.0), n * 17, 1_700_000L, "rows", 68.0 + n % 7,
					Duration.ofMillis(25_000 - n % 20_000)))
			.build();
		this.store.append(new EventBatch(info, WRITER, n, List.of(event), AppendMode.CREATE)).block();
	}

	private static final class Pauses {

		private long count;

		private long total;

		private long longest;

		Pauses() {
			for (GarbageCollectorMXBean each : ManagementFactory.getGarbageCollectorMXBeans()) {
				((NotificationEmitter) each).addNotificationListener((notification, handback) -> {
					var info = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
					add(info.getGcInfo().getDuration());
				}, (n) -> n.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION), null);
			}
		}

		private synchronized void add(long millis) {
			this.count++;
			this.total += millis;
			this.longest = Math.max(this.longest, millis);
		}

		@Override
		public synchronized String toString() {
			return String.format(Locale.ROOT, "%d pauses, mean %.1f ms, longest %d ms, together %d ms", this.count,
					(this.count > 0) ? (double) this.total / this.count : 0, this.longest, this.total);
		}

	}

}
