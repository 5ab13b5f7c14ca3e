package io.progress.sse.redis;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import reactor.core.publisher.FluxSink;

import io.progress.sse.redis.pubsub.ChannelListener;
import io.progress.sse.support.Listeners;

/**
 * A channel, shared by all its listeners of this process. Each message is read once.
 *
 * @param <N> the notices that messages are read as
 */
final class SharedChannel<N> implements ChannelListener {

	private final ReentrantLock lock = new ReentrantLock();

	private final Function<byte[], N> reader;

	private final N readyNotice;

	private final N suspectNotice;

	private final Listeners<N> listeners = new Listeners<>();

	private boolean ready;

	/** Number of listeners; changed under the lock of the map that holds the channel. */
	int users;

	SharedChannel(Function<byte[], N> reader, N readyNotice, N suspectNotice) {
		this.reader = reader;
		this.readyNotice = readyNotice;
		this.suspectNotice = suspectNotice;
	}

	void add(FluxSink<N> listener) {
		locked(() -> {
			this.listeners.add(listener);
			if (this.ready) {
				Listeners.tell(listener, this.readyNotice);
			}
		});
	}

	void remove(FluxSink<N> listener) {
		this.listeners.remove(listener);
	}

	@Override
	public void ready() {
		locked(() -> {
			this.ready = true;
			this.listeners.tell(this.readyNotice);
		});
	}

	@Override
	public void down() {
		locked(() -> {
			this.ready = false;
			this.listeners.tell(this.suspectNotice);
		});
	}

	@Override
	public void message(byte[] payload) {
		N notice = read(payload);
		locked(() -> {
			if (this.ready) {
				this.listeners.tell(notice);
			}
		});
	}

	private N read(byte[] payload) {
		try {
			return this.reader.apply(payload);
		}
		catch (Throwable ex) {
			// Something has happened all the same.
			return this.suspectNotice;
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
