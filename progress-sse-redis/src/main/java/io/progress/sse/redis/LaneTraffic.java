package io.progress.sse.redis;

import io.lettuce.core.pubsub.RedisPubSubAdapter;

/**
 * Hands on what a lane's connection hears; whether a channel is sharded makes no
 * difference from here on.
 */
final class LaneTraffic extends RedisPubSubAdapter<byte[], byte[]> {

	private final Lane lane;

	private final LaneEvents events;

	LaneTraffic(Lane lane, LaneEvents events) {
		this.lane = lane;
		this.events = events;
	}

	@Override
	public void message(byte[] channel, byte[] payload) {
		this.lane.heard();
		this.events.message(JobKeys.text(channel), payload);
	}

	@Override
	public void smessage(byte[] channel, byte[] payload) {
		message(channel, payload);
	}

	@Override
	public void subscribed(byte[] channel, long count) {
		this.lane.heard();
		this.events.subscribed(this.lane, JobKeys.text(channel));
	}

	@Override
	public void ssubscribed(byte[] channel, long count) {
		subscribed(channel, count);
	}

	@Override
	public void unsubscribed(byte[] channel, long count) {
		this.lane.heard();
		String name = JobKeys.text(channel);
		if (!this.lane.hasLeft(name)) {
			this.events.unsubscribed(this.lane, name);
		}
	}

	@Override
	public void sunsubscribed(byte[] channel, long count) {
		unsubscribed(channel, count);
	}

}
