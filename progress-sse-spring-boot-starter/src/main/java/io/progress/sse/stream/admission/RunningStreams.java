package io.progress.sse.stream.admission;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.stream.StreamMeters;
import io.progress.sse.stream.StreamSettings;
import io.progress.sse.stream.feed.FeedContext;
import io.progress.sse.stream.feed.FeedRegistry;
import io.progress.sse.stream.feed.OwnedJobFinder;
import io.progress.sse.stream.feed.StreamCounts;
import io.progress.sse.stream.feed.ViewerLoops;
import io.progress.sse.stream.feed.WaitingRoom;
import io.progress.sse.stream.format.ProgressEventFormats;
import io.progress.sse.tail.JobTail;

/**
 * The streams between two pauses of the application, with their threads and timer.
 *
 * @param context the parts that all streams share
 * @param admission decides who gets a stream
 */
record RunningStreams(FeedContext context, StreamAdmission admission) implements AutoCloseable {

	private static final Duration POSITION_CHECK = Duration.ofSeconds(5);

	private static final long MAX_TICK_MILLIS = 500;

	static RunningStreams of(ProgressEventStore store, ProgressEventFormats formats, StreamSettings settings,
			StreamMeters meters, LongSupplier clock) {
		ViewerLoops loops = new ViewerLoops(settings.limits().total());
		JobTail tail = new JobTail(store, loops.scheduler(), POSITION_CHECK);
		FeedContext context = new FeedContext(formats, settings, meters, clock, loops,
				new FeedRegistry(store, tail, settings, clock), new StreamCounts(settings.limits()),
				new WaitingRoom(settings), new OwnedJobFinder(store, settings.limits().jobsPerStream()));
		return new RunningStreams(context, new StreamAdmission(store, context));
	}

	void start() {
		this.context.loops().each(tickMillis(this.context.settings()), this::tick);
	}

	@Override
	public void close() {
		this.context.loops().refuseNew();
		this.context.feeds().stop();
		this.context.loops().close();
	}

	private void tick() {
		this.context.loops().tick(this.context.now());
		this.context.feeds().sweep();
	}

	private static long tickMillis(StreamSettings settings) {
		Duration shortest = Stream.of(settings.heartbeat(), settings.stallTimeout(), settings.maxDuration())
			.min(Duration::compareTo)
			.orElseThrow();
		return Math.max(10, Math.min(MAX_TICK_MILLIS, shortest.toMillis() / 4));
	}

}
