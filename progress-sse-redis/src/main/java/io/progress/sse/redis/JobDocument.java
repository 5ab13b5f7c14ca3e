package io.progress.sse.redis;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;

/**
 * What is fixed about a job, as it is written.
 */
record JobDocument(String name, @Nullable String owner, @Nullable String parent, Instant createdAt) {

	static JobDocument of(JobInfo info) {
		return new JobDocument(info.name(), info.owner(), (info.parent() != null) ? info.parent().value() : null,
				info.createdAt());
	}

	JobInfo toInfo(JobId id) {
		return new JobInfo(id, this.name, this.owner, (this.parent != null) ? JobId.of(this.parent) : null,
				this.createdAt);
	}

}
