package io.progress.sse.web;

import java.net.URI;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

import io.progress.sse.DuplicateJobException;
import io.progress.sse.JobHandle;
import io.progress.sse.RequestContext;
import io.progress.sse.event.JobId;

/**
 * The headers of requests that start jobs: a request may choose the id and the webhook of
 * its job, and the response names the job. A request's headers are read only when it
 * starts a job.
 */
public final class SubmissionHeaders {

	private final WebSettings settings;

	private final WebhookHeader webhooks;

	private final JobAccess access;

	/**
	 * Creates the headers.
	 * @param settings the settings
	 * @param webhooks the header that names a webhook
	 * @param access decides who may use an id
	 */
	public SubmissionHeaders(WebSettings settings, WebhookHeader webhooks, JobAccess access) {
		this.settings = settings;
		this.webhooks = webhooks;
		this.access = access;
	}

	/**
	 * Creates the request context for the tracker. If a header is invalid, the start of a
	 * job fails with an exception that {@link Problem#ofRefusal} recognises.
	 * @param headers gives the value of a header, or {@code null}
	 * @param caller name of the caller; {@code null} if it is not known
	 * @param onAdmitted gets each job that the request starts
	 * @return the request
	 */
	public RequestContext request(UnaryOperator<@Nullable String> headers, @Nullable String caller,
			Consumer<JobHandle> onAdmitted) {
		return new RequestContext(() -> jobId(headers.apply(this.settings.jobIdHeader()), caller), caller,
				() -> webhook(headers), onAdmitted);
	}

	/**
	 * Creates the request context of a caller who cannot be identified. The request is
	 * served as long as it does not start a job.
	 * @param failure why the caller cannot be identified
	 * @return a request that cannot start a job
	 */
	public RequestContext unresolved(Throwable failure) {
		Problem problem = Problem.ofFailure(failure);
		return new RequestContext(() -> {
			throw new RefusedSubmissionException(problem);
		}, null, () -> null, (job) -> {
		});
	}

	/**
	 * Names a job in a response, together with the URL of its stream.
	 * @param job the job
	 * @param contextPath what comes before the application's own paths
	 * @param response adds a header by name and value
	 */
	public void name(JobHandle job, String contextPath, BiConsumer<String, String> response) {
		String id = job.id().value();
		response.accept(this.settings.jobIdHeader(), id);
		response.accept(HttpHeaders.LINK, "<" + contextPath + this.settings.streamPath(id) + ">; rel=\"monitor\"");
	}

	private @Nullable JobId jobId(@Nullable String wanted, @Nullable String caller) {
		if (wanted == null) {
			return null;
		}
		if (!WebSettings.isChoosable(wanted)) {
			throw new RefusedSubmissionException(Problem.malformedChoice());
		}
		JobId job = JobId.of(wanted);
		if (this.access.isAwaitedByAnother(job, caller)) {
			throw new DuplicateJobException(job);
		}
		return job;
	}

	private @Nullable URI webhook(UnaryOperator<@Nullable String> headers) {
		try {
			return this.webhooks.read(headers);
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedSubmissionException(Problem.malformedWebhook(String.valueOf(ex.getMessage())));
		}
	}

}
