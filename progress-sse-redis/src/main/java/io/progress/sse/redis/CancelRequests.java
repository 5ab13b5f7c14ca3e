package io.progress.sse.redis;

import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink.OverflowStrategy;

import io.progress.sse.event.JobId;
import io.progress.sse.redis.pubsub.ChannelListener;
import io.progress.sse.redis.pubsub.ChannelSubscriptions;
import io.progress.sse.support.Listeners;

/**
 * Who wants to hear of jobs that are to stop. They are named on one channel for all jobs,
 * and again in the answer to each append and beat, in case nobody was listening.
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
	 * A listener that fails is told so; neither the others nor an append suffer from it.
	 */
	void tell(JobId job) {
		this.listeners.tell(job);
	}

	byte[] channel() {
		return JobKeys.bytes(this.channel);
	}

	@Override
	public void ready() {
		// What was missed is said with the next append or beat.
	}

	@Override
	public void down() {
		// As above.
	}

	@Override
	public void message(byte[] payload) {
		String id = JobKeys.text(payload);
		if (JobId.isValid(id)) {
			tell(JobId.of(id));
		}
	}

}
