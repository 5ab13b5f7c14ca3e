package io.progress.sse.support;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import reactor.core.publisher.FluxSink;

/**
 * Subscribers that all get the same values. One that fails gets its own exception; the
 * others do not notice. Safe for use by many threads, but values keep their order only if
 * the caller holds a lock.
 *
 * @param <T> the values
 */
public final class Listeners<T> {

	private final List<FluxSink<T>> listeners = new CopyOnWriteArrayList<>();

	public boolean isEmpty() {
		return this.listeners.isEmpty();
	}

	public void add(FluxSink<T> listener) {
		this.listeners.add(listener);
	}

	public void remove(FluxSink<T> listener) {
		this.listeners.remove(listener);
	}

	public void tell(T value) {
		for (FluxSink<T> listener : this.listeners) {
			tell(listener, value);
		}
	}

	public static <T> void tell(FluxSink<T> listener, T value) {
		ForeignCode.run(() -> listener.next(value), listener::error);
	}

}
