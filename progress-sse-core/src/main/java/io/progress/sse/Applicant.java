package io.progress.sse;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;

/**
 * A specification, together with what the current request adds to it.
 *
 * @param spec what was specified
 * @param request the request; {@code null} if there is none
 * @param id the id that somebody chose; {@code null} if a new one is to be made
 * @param owner the owner; {@code null} for nobody
 */
record Applicant(JobSpec spec, @Nullable JobRequest request, @Nullable JobId id, @Nullable String owner) {

	static Applicant of(JobSpec spec, @Nullable JobRequest request) {
		if (request == null) {
			return new Applicant(spec, null, spec.id(), spec.owner());
		}
		JobId requested = (spec.parent() == null) ? request.takeId() : null;
		return new Applicant(spec, request, (requested != null) ? requested : spec.id(),
				(spec.owner() != null) ? spec.owner() : request.owner());
	}

	DuplicateJobs duplicates() {
		return this.spec.duplicates();
	}

	/**
	 * Whether the owners are the same: nobody joins or replaces what is not theirs.
	 */
	boolean mayJoin(JobInfo other) {
		return Objects.equals(this.owner, other.owner());
	}

	void admitted(JobHandle job) {
		if (this.request != null) {
			this.request.admitted(job);
		}
	}

}
