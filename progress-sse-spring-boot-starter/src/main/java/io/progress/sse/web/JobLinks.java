package io.progress.sse.web;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;

/**
 * The paths of a job's endpoints, for clients.
 *
 * @param job the job
 * @param contextPath the context path of the application
 * @param settings the settings, which have the paths
 */
public record JobLinks(JobId job, String contextPath, WebSettings settings) {

	/**
	 * Returns the path of the job's state.
	 * @return the path
	 */
	public String status() {
		return this.contextPath + this.settings.jobPath(this.job.value());
	}

	/**
	 * Returns the path of the job's stream.
	 * @return the path
	 */
	public String events() {
		return this.contextPath + this.settings.streamPath(this.job.value());
	}

	/**
	 * Returns the body of the answer to a client that has started the job.
	 * @return plain JSON values
	 */
	public Map<String, @Nullable Object> body() {
		Map<String, @Nullable Object> body = new LinkedHashMap<>();
		body.put("jobId", this.job.value());
		body.put("events", events());
		body.put("status", status());
		return body;
	}

}
