package io.progress.sse.actuate;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

import io.progress.sse.store.EventPage;

/**
 * The endpoint over HTTP: shows values only to authorized callers, and answers with
 * status codes.
 */
@EndpointWebExtension(endpoint = ProgressEndpoint.class)
final class ProgressEndpointWebExtension {

	private static final int ACCEPTED = 202;

	private static final int CONFLICT = 409;

	private final ProgressEndpoint endpoint;

	private final Show showValues;

	private final Set<String> roles;

	/**
	 * Creates the extension.
	 * @param endpoint the endpoint
	 * @param showValues which callers see values
	 * @param roles the roles of authorized callers, if only these see values
	 */
	ProgressEndpointWebExtension(ProgressEndpoint endpoint, Show showValues, Set<String> roles) {
		this.endpoint = endpoint;
		this.showValues = showValues;
		this.roles = roles;
	}

	/**
	 * Returns the state of this node.
	 * @param caller the caller
	 * @param limit how many running jobs to list at most; {@code null} for 100
	 * @return the state
	 */
	@ReadOperation
	NodeProgress progress(SecurityContext caller, @Nullable Integer limit) {
		return this.endpoint.progress(limit, isShown(caller));
	}

	/**
	 * Returns the state of a job.
	 * @param caller the caller
	 * @param jobId the job
	 * @return its members; status 404 if there is no such job, 503 if the store does not
	 * answer
	 */
	@ReadOperation
	WebEndpointResponse<Map<String, @Nullable Object>> job(SecurityContext caller, @Selector String jobId) {
		try {
			Map<String, @Nullable Object> job = this.endpoint.job(jobId, isShown(caller));
			return (job != null) ? new WebEndpointResponse<>(job)
					: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		}
		catch (RuntimeException ex) {
			return unavailable(ex);
		}
	}

	/**
	 * Asks a job to stop.
	 * @param jobId the job
	 * @return status 202; 404 if there is no such job, 409 if it has ended or runs on a
	 * node that the store cannot reach, 503 if the store does not answer
	 */
	@DeleteOperation
	WebEndpointResponse<Void> cancel(@Selector String jobId) {
		try {
			if (this.endpoint.cancel(jobId)) {
				return new WebEndpointResponse<>(ACCEPTED);
			}
			EventPage page = this.endpoint.look(jobId);
			return new WebEndpointResponse<>((page != null) ? CONFLICT : WebEndpointResponse.STATUS_NOT_FOUND);
		}
		catch (RuntimeException ex) {
			return unavailable(ex);
		}
	}

	private boolean isShown(SecurityContext caller) {
		return this.showValues.isShown(caller, this.roles);
	}

	private static <T> WebEndpointResponse<T> unavailable(RuntimeException why) {
		ProgressEndpoint.tellUnreachable(why);
		return new WebEndpointResponse<>(WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
	}

}
