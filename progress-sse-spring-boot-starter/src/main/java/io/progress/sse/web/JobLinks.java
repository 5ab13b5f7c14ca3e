package io.progress.sse.web;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;

/**
 * Where a job is, for clients.
 *
 * @param job the job
 * @param contextPath what comes before the application's own paths
 * @param settings the settings, which have the paths
 */
public record JobLinks(JobId job, String contextPath, WebSettings settings) {

	/**
	 * Where the job's state is.
	 * @return the path
	 */
	public String status() {
		return this.contextPath + this.settings.jobPath(this.job.value());
	}

	/**
	 * Where the job's stream is.
	 * @return the path
	 */
	public String events() {
		return this.contextPath + this.settings.streamPath(this.job.value());
	}

	/**
	 * The body of the answer to a client that has started the job.
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
