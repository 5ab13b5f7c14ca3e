package io.progress.sse.redis;

import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.FluxSink;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.redis.pubsub.ChannelSubscriptions;
import io.progress.sse.store.JobNotice;

/**
 * Notices of jobs that appear and end, of one owner or of all. A message is
 * {@code +<id> <job>} for a job that appeared and {@code -<id>} for one that ended; any
 * other text means that the list should be read.
 */
final class JobNews {

	private final SharedChannels<JobNotice> channels;

	private final EventCodec codec;

	private final String prefix;

	JobNews(ChannelSubscriptions subscriptions, EventCodec codec, String prefix) {
		this.channels = new SharedChannels<>(subscriptions, new JobNotice.Ready(), new JobNotice.Suspect());
		this.codec = codec;
		this.prefix = prefix;
	}

	void listen(@Nullable String owner, FluxSink<JobNotice> sink) {
		this.channels.listen(ListKeys.ofOwner(this.prefix, owner).channel(), (payload) -> read(owner, payload), sink);
	}

	static byte[] appeared(JobInfo job, EventCodec codec) {
		byte[] id = JobKeys.bytes("+" + job.id() + " ");
		byte[] info = codec.encode(job);
		byte[] message = Arrays.copyOf(id, id.length + info.length);
		System.arraycopy(info, 0, message, id.length, info.length);
		return message;
	}

	static byte[] ended(JobId job) {
		return JobKeys.bytes("-" + job);
	}

	private JobNotice read(@Nullable String owner, byte[] payload) {
		if (payload[0] == '-') {
			return new JobNotice.Ended(JobId.of(JobKeys.text(Arrays.copyOfRange(payload, 1, payload.length))));
		}
		int space = 1;
		while (payload[space] != ' ') {
			space++;
		}
		JobId id = JobId.of(JobKeys.text(Arrays.copyOfRange(payload, 1, space)));
		JobInfo job = this.codec.decodeInfo(id, Arrays.copyOfRange(payload, space + 1, payload.length));
		boolean own = payload[0] == '+' && (owner == null || Objects.equals(owner, job.owner()));
		return own ? new JobNotice.Appeared(job) : new JobNotice.Suspect();
	}

}
