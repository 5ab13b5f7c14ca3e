package io.progress.sse.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import reactor.core.publisher.FluxSink;

import io.progress.sse.redis.pubsub.ChannelListener;
import io.progress.sse.store.StoreNotice;

/**
 * A job's channel, shared by all who listen to the job here. Each message is read once.
 */
final class JobChannel implements ChannelListener {

	private final ReentrantLock lock = new ReentrantLock();

	private final Function<byte[], StoreNotice> reader;

	private List<FluxSink<StoreNotice>> listeners = List.of();

	private boolean ready;

	/** How many use it; changed under the guard of the map that holds it. */
	int users;

	JobChannel(Function<byte[], StoreNotice> reader) {
		this.reader = reader;
	}

	void add(FluxSink<StoreNotice> listener) {
		locked(() -> {
			List<FluxSink<StoreNotice>> more = new ArrayList<>(this.listeners);
			more.add(listener);
			this.listeners = more;
			if (this.ready) {
				listener.next(new StoreNotice.Ready());
			}
		});
	}

	void remove(FluxSink<StoreNotice> listener) {
		locked(() -> {
			List<FluxSink<StoreNotice>> fewer = new ArrayList<>(this.listeners);
			fewer.remove(listener);
			this.listeners = fewer;
		});
	}

	@Override
	public void ready() {
		locked(() -> {
			this.ready = true;
			tell(new StoreNotice.Ready());
		});
	}

	@Override
	public void down() {
		locked(() -> {
			this.ready = false;
			tell(new StoreNotice.Suspect());
		});
	}

	@Override
	public void message(byte[] payload) {
		StoreNotice notice = this.reader.apply(payload);
		locked(() -> {
			if (this.ready) {
				tell(notice);
			}
		});
	}

	private void tell(StoreNotice notice) {
		for (FluxSink<StoreNotice> listener : this.listeners) {
			try {
				listener.next(notice);
			}
			catch (Throwable ex) {
				listener.error(ex);
			}
		}
	}

	private void locked(Runnable action) {
		this.lock.lock();
		try {
			action.run();
		}
		finally {
			this.lock.unlock();
		}
	}

}
