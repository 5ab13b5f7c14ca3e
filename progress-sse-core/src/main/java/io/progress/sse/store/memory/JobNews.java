package io.progress.sse.store.memory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.FluxSink;

import io.progress.sse.event.JobInfo;
import io.progress.sse.store.JobNotice;
import io.progress.sse.support.Listeners;

/**
 * The listeners that are told when jobs appear and end, of one owner or of all. They are
 * called without a lock, so that they may call the store.
 */
final class JobNews {

	private final Listeners<JobNotice> ofAll = new Listeners<>();

	private final Map<String, Listeners<JobNotice>> byOwner = new ConcurrentHashMap<>();

	void listen(@Nullable String owner, FluxSink<JobNotice> sink) {
		add(owner, sink);
		sink.onDispose(() -> remove(owner, sink));
		Listeners.tell(sink, new JobNotice.Ready());
	}

	void tell(JobInfo job, JobNotice notice) {
		this.ofAll.tell(notice);
		Listeners<JobNotice> ofOwner = (job.owner() != null) ? this.byOwner.get(job.owner()) : null;
		if (ofOwner != null) {
			ofOwner.tell(notice);
		}
	}

	private void add(@Nullable String owner, FluxSink<JobNotice> sink) {
		if (owner == null) {
			this.ofAll.add(sink);
			return;
		}
		this.byOwner.compute(owner, (same, known) -> {
			Listeners<JobNotice> listeners = (known != null) ? known : new Listeners<>();
			listeners.add(sink);
			return listeners;
		});
	}

	private void remove(@Nullable String owner, FluxSink<JobNotice> sink) {
		if (owner == null) {
			this.ofAll.remove(sink);
			return;
		}
		this.byOwner.computeIfPresent(owner, (same, listeners) -> {
			listeners.remove(sink);
			return listeners.isEmpty() ? null : listeners;
		});
	}

}
