package io.progress.sse.redis;

import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink.OverflowStrategy;

import io.progress.sse.event.JobId;
import io.progress.sse.redis.pubsub.ChannelListener;
import io.progress.sse.redis.pubsub.ChannelSubscriptions;
import io.progress.sse.support.Listeners;

/**
 * Passes on requests to cancel jobs. One channel for all jobs carries them; the answers
 * to appends and beats repeat them, in case the message was missed.
 */
final class CancelRequests implements ChannelListener {

	private final Listeners<JobId> listeners = new Listeners<>();

	private final ChannelSubscriptions subscriptions;

	private final String channel;

	CancelRequests(ChannelSubscriptions subscriptions, String prefix) {
		this.subscriptions = subscriptions;
		this.channel = JobKeys.cancellations(prefix);
	}

	Flux<JobId> requests() {
		return Flux.create((sink) -> {
			this.listeners.add(sink);
			this.subscriptions.open(this.channel, this);
			sink.onDispose(() -> {
				this.listeners.remove(sink);
				if (this.listeners.isEmpty()) {
					this.subscriptions.close(this.channel);
				}
			});
		}, OverflowStrategy.LATEST);
	}

	/**
	 * Passes on a request. A listener that fails gets its own exception; other listeners
	 * and the append are not affected.
	 */
	void tell(JobId job) {
		this.listeners.tell(job);
	}

	byte[] channel() {
		return JobKeys.bytes(this.channel);
	}

	@Override
	public void ready() {
		// The next append or beat repeats the requests that were missed.
	}

	@Override
	public void down() {
		// The next append or beat repeats these requests, too.
	}

	@Override
	public void message(byte[] payload) {
		String id = JobKeys.text(payload);
		if (JobId.isValid(id)) {
			tell(JobId.of(id));
		}
	}

}
