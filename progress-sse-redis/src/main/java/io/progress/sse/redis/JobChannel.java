package io.progress.sse.redis;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import reactor.core.publisher.FluxSink;

import io.progress.sse.redis.pubsub.ChannelListener;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.support.Listeners;

/**
 * The channel of a job, shared by all listeners of this process. Each message is parsed
 * once.
 */
final class JobChannel implements ChannelListener {

	private final ReentrantLock lock = new ReentrantLock();

	private final Function<byte[], StoreNotice> reader;

	private final Listeners<StoreNotice> listeners = new Listeners<>();

	private boolean ready;

	/** Number of listeners; changed under the lock of the map that holds the channel. */
	int users;

	JobChannel(Function<byte[], StoreNotice> reader) {
		this.reader = reader;
	}

	void add(FluxSink<StoreNotice> listener) {
		locked(() -> {
			this.listeners.add(listener);
			if (this.ready) {
				Listeners.tell(listener, new StoreNotice.Ready());
			}
		});
	}

	void remove(FluxSink<StoreNotice> listener) {
		this.listeners.remove(listener);
	}

	@Override
	public void ready() {
		locked(() -> {
			this.ready = true;
			this.listeners.tell(new StoreNotice.Ready());
		});
	}

	@Override
	public void down() {
		locked(() -> {
			this.ready = false;
			this.listeners.tell(new StoreNotice.Suspect());
		});
	}

	@Override
	public void message(byte[] payload) {
		StoreNotice notice = this.reader.apply(payload);
		locked(() -> {
			if (this.ready) {
				this.listeners.tell(notice);
			}
		});
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
