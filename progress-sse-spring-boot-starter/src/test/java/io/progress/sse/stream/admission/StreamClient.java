package io.progress.sse.stream.admission;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import io.progress.sse.event.JobId;
import io.progress.sse.stream.StreamConnection;
import io.progress.sse.stream.StreamIds;
import io.progress.sse.stream.StreamRequest;
import io.progress.sse.stream.StreamTerms;

/**
 * A connection without a server, whose demand the test decides on.
 */
final class StreamClient extends BaseSubscriber<DataBuffer> implements StreamConnection {

	private final Executor loop;

	private final boolean greedy;

	private final List<String> frames = new CopyOnWriteArrayList<>();

	volatile boolean cut;

	volatile boolean ended;

	private StreamClient(Executor loop, boolean greedy) {
		this.loop = loop;
		this.greedy = greedy;
	}

	/**
	 * Opens a stream and takes whatever comes.
	 */
	static StreamClient open(EventStreams feeds, Executor loop, StreamRequest request) {
		StreamClient client = new StreamClient(loop, true);
		body(feeds, request).open(DefaultDataBufferFactory.sharedInstance, client).subscribe(client);
		return client;
	}

	/**
	 * Opens a stream and takes one write at a time, when asked to.
	 */
	static StreamClient openSlowly(EventStreams feeds, Executor loop, StreamRequest request) {
		StreamClient client = new StreamClient(loop, false);
		body(feeds, request).open(DefaultDataBufferFactory.sharedInstance, client).subscribe(client);
		return client;
	}

	static StreamRequest request(String format, BooleanSupplier gone, String... jobs) {
		StreamIds ids = (jobs.length > 1) ? StreamIds.EVENT_OF_EACH_JOB : StreamIds.EVENT;
		return new StreamRequest(List.of(jobs).stream().map(JobId::of).toList(), ids, null, StreamTerms.of(format),
				false, true, null, "127.0.0.1", (job) -> Mono.just(true), gone);
	}

	/**
	 * For a job that need not have come yet.
	 */
	static StreamRequest awaiting(String job) {
		return new StreamRequest(List.of(JobId.of(job)), StreamIds.EVENT, null,
				StreamTerms.of("standard").resettingWhenStale(true), false, false, null, "127.0.0.1",
				(info) -> Mono.just(true), () -> false);
	}

	static StreamRequest request(String... jobs) {
		return request("standard", () -> false, jobs);
	}

	static GrantedStream body(EventStreams feeds, StreamRequest request) {
		StreamAnswer answer = feeds.open(request).block(Duration.ofSeconds(10));
		if (answer instanceof GrantedStream granted) {
			return granted;
		}
		throw new AssertionError("The stream was not granted: " + answer);
	}

	/**
	 * Takes some more writes.
	 */
	void more(int writes) {
		for (int i = 0; i < writes; i++) {
			request(1);
		}
	}

	Stream<String> lines() {
		return String.join("", this.frames).lines();
	}

	long writesWith(String text) {
		return this.frames.stream().filter((each) -> each.contains(text)).count();
	}

	@Override
	public String toString() {
		return this.frames.toString();
	}

	int writes() {
		return this.frames.size();
	}

	@Override
	protected void hookOnSubscribe(Subscription subscription) {
		subscription.request(1);
	}

	@Override
	protected void hookOnNext(DataBuffer buffer) {
		this.frames.add(buffer.toString(StandardCharsets.UTF_8));
		if (this.greedy) {
			request(1);
		}
	}

	@Override
	protected void hookOnError(@Nullable Throwable ex) {
		this.frames.add("failed: " + ex);
	}

	@Override
	protected void hookFinally(SignalType type) {
		this.ended = true;
	}

	@Override
	public Executor loop() {
		return this.loop;
	}

	@Override
	public boolean isWritable() {
		return true;
	}

	@Override
	public void limit(int sendBuffer, Duration stallTimeout) {
	}

	@Override
	public void abort() {
		this.cut = true;
	}

}
