package io.progress.sse.stream.admission;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import io.progress.sse.store.EventId;
import io.progress.sse.stream.SpecParser;
import io.progress.sse.stream.StreamConnection;
import io.progress.sse.stream.StreamIds;
import io.progress.sse.stream.StreamRequest;
import io.progress.sse.stream.StreamTerms;

/**
 * A client that follows a job to its end with bad manners: it reads slowly or not at all,
 * goes away in the middle and comes back. Holds what it sees against what the worker
 * reported.
 */
final class ChaosClient {

	private final ChaosJob job;

	private final EventStreams feeds;

	private final ChaosLoops loops;

	private final ChaosModel model;

	private final Random random;

	private final boolean reset;

	private final CountDownLatch ended = new CountDownLatch(1);

	private volatile @Nullable String cursor;

	/**
	 * Number of the event seen last, -1 at the beginning and behind a gap it knows of.
	 */
	private volatile long seen = -1;

	private volatile boolean writable = true;

	ChaosClient(ChaosJob job, EventStreams feeds, ChaosLoops loops, ChaosModel model, long seed) {
		this.job = job;
		this.feeds = feeds;
		this.loops = loops;
		this.model = model;
		this.random = new Random(seed);
		this.reset = this.random.nextBoolean();
	}

	void connect() {
		StreamRequest request = new StreamRequest(List.of(this.job.id()), StreamIds.EVENT, this.cursor,
				StreamTerms.of("standard").resettingWhenStale(this.reset), this.random.nextBoolean(),
				this.random.nextBoolean(), null, "127.0.0.1", (job) -> Mono.just(true), () -> false);
		this.feeds.open(request).subscribe(this::onAnswer, (ex) -> this.model.complain(ex.toString()));
	}

	boolean awaitEnd(long time, TimeUnit unit) throws InterruptedException {
		return this.ended.await(time, unit);
	}

	private void onAnswer(StreamAnswer answer) {
		if (answer instanceof GrantedStream granted) {
			if (this.cursor != null) {
				this.model.onResume();
			}
			this.writable = true;
			new Connection(granted);
		}
		else if (answer instanceof StreamAnswer.Over) {
			if (this.seen != this.job.events()) {
				this.model.complain(this + " was told it is over");
			}
			this.ended.countDown();
		}
		else if (answer instanceof StreamAnswer.Stale) {
			this.model.onReset();
			this.cursor = null;
			this.seen = -1;
			later(this::connect);
		}
		else {
			this.model.complain(this + " got " + answer);
			this.ended.countDown();
		}
	}

	private void onEvent(SpecParser.Event event) {
		if (event.type().equals("ping")) {
			return;
		}
		if (event.type().equals("reset")) {
			this.model.onReset();
			this.seen = -1;
			return;
		}
		long number = EventId.parse(event.lastEventId()).orElseThrow().n();
		boolean milestone = this.job.milestonesBetween(number - 1, number + 1) == 1;
		this.model.onEvent(milestone);
		if (!event.data().contains("\"completed\":" + number + ",")) {
			this.model.complain(this + " got another event under id " + event.lastEventId());
		}
		if (this.seen >= 0) {
			if (number <= this.seen) {
				this.model.complain(this + " got " + number + " again or late");
			}
			else if (this.job.milestonesBetween(this.seen, number) > 0) {
				this.model.complain(this + " missed milestones before " + number);
			}
		}
		this.seen = number;
		this.job.watched(number);
		this.cursor = event.lastEventId();
	}

	private void later(Runnable action) {
		this.loops.later(action, this.random.nextInt(3_000));
	}

	@Override
	public String toString() {
		return "Client of " + this.job.id() + " that has seen " + this.seen;
	}

	/** One connection of the client; confined to its loop but for what is volatile. */
	private final class Connection extends BaseSubscriber<DataBuffer> implements StreamConnection {

		private final GrantedStream body;

		private final Executor loop;

		private final SpecParser parser = new SpecParser();

		private boolean gone;

		Connection(GrantedStream body) {
			this.body = body;
			this.loop = ChaosClient.this.loops.loop(ChaosClient.this.random.nextInt(2));
			body.open(DefaultDataBufferFactory.sharedInstance, this).subscribe(this);
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			subscription.request(1);
		}

		@Override
		protected void hookOnNext(DataBuffer buffer) {
			byte[] bytes = new byte[buffer.readableByteCount()];
			buffer.read(bytes);
			this.loop.execute(() -> read(bytes));
		}

		@Override
		protected void hookOnComplete() {
			this.loop.execute(this::leave);
		}

		private void read(byte[] bytes) {
			if (this.gone) {
				return;
			}
			this.parser.feed(bytes);
			this.parser.take().forEach(ChaosClient.this::onEvent);
			Random random = ChaosClient.this.random;
			int mood = random.nextInt(100);
			if (mood < 8) {
				cancel();
				leave();
			}
			else if (mood < 14) {
				later(() -> request(1 + random.nextInt(3)));
			}
			else if (mood < 18) {
				ChaosClient.this.writable = false;
				request(1);
				later(() -> {
					ChaosClient.this.writable = true;
					request(1);
				});
			}
			else {
				request(1);
			}
		}

		private void leave() {
			if (!this.gone) {
				this.gone = true;
				this.body.closed();
				later(ChaosClient.this::connect);
			}
		}

		@Override
		public Executor loop() {
			return this.loop;
		}

		@Override
		public boolean isWritable() {
			return ChaosClient.this.writable;
		}

		@Override
		public void limit(int sendBuffer, Duration stallTimeout) {
			// There is nothing to limit.
		}

		@Override
		public void abort() {
			ChaosClient.this.model.complain(ChaosClient.this + " was cut off");
		}

	}

}
