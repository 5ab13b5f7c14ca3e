package io.progress.sse.engine;

import java.net.URI;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.progress.sse.CurrentUser;
import io.progress.sse.DuplicateJobs;
import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.RequestContext;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.store.AppendMode;
import io.progress.sse.support.ForeignCode;

/**
 * A specification together with the values that the current request adds.
 *
 * @param spec the specification, with the webhook of the request
 * @param request the request; {@code null} if there is none
 * @param id the id that the caller chose; {@code null} to make a new one
 * @param owner the owner; {@code null} for none
 * @param observation observes the job
 */
record AdmissionRequest(JobSpec spec, @Nullable RequestContext request, @Nullable JobId id, @Nullable String owner,
		JobObservation observation) {

	private static final Logger logger = LoggerFactory.getLogger(AdmissionRequest.class);

	static AdmissionRequest of(JobSpec spec, @Nullable RequestContext request, CurrentUser user,
			JobObservation observation) {
		String owner = owner(spec, request, user);
		if (request == null || spec.parent() != null) {
			return new AdmissionRequest(spec, request, spec.id(), owner, observation);
		}
		JobId id = request.takeId();
		URI webhook = request.takeWebhook();
		return new AdmissionRequest((webhook != null) ? spec.withWebhook(webhook) : spec, request,
				(id != null) ? id : spec.id(), owner, observation);
	}

	private static @Nullable String owner(JobSpec spec, @Nullable RequestContext request, CurrentUser user) {
		if (spec.owner() != null || spec.ownerless()) {
			return spec.owner();
		}
		String caller = (request != null) ? request.owner() : null;
		return (caller != null) ? caller : name(user);
	}

	private static @Nullable String name(CurrentUser user) {
		try {
			String name = user.name();
			return (name != null && !name.isBlank()) ? name : null;
		}
		catch (Throwable failure) {
			ForeignCode.report(failure,
					(ex) -> logger.warn("The current user could not be determined, so a job has no owner", ex));
			return null;
		}
	}

	/**
	 * The mode in which the job's first batch is appended.
	 */
	AppendMode creation() {
		return (this.spec.duplicates() == DuplicateJobs.REPLACE) ? AppendMode.REPLACE : AppendMode.CREATE;
	}

	boolean joins() {
		return this.spec.duplicates() == DuplicateJobs.JOIN;
	}

	/**
	 * Whether the owners are the same: a caller may join only jobs of the same owner.
	 */
	boolean mayJoin(JobInfo other) {
		return joins() && Objects.equals(this.owner, other.owner());
	}

	/**
	 * Tells the request about its job. If that fails, because the request cannot be
	 * answered any more, the job goes on.
	 */
	void admitted(JobHandle job) {
		if (this.request != null) {
			ForeignCode.run(() -> this.request.admitted(job),
					(ex) -> logger.warn("A request could not be notified of its job '{}'", job.name(), ex));
		}
	}

}
