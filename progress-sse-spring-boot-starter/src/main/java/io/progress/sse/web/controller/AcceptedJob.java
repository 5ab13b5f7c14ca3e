package io.progress.sse.web.controller;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

import io.progress.sse.JobHandle;
import io.progress.sse.web.WebSettings;

/**
 * The response to a request whose controller returns a job: 202, with the URLs of the job
 * and of its stream.
 */
public final class AcceptedJob {

	private final String id;

	private final String contextPath;

	private final WebSettings settings;

	/**
	 * Creates the response.
	 * @param job the job that the controller has returned
	 * @param contextPath the context path of the application
	 * @param settings the settings
	 */
	public AcceptedJob(JobHandle job, String contextPath, WebSettings settings) {
		this.id = job.id().value();
		this.contextPath = contextPath;
		this.settings = settings;
	}

	/**
	 * Adds the URL of the job; an existing {@code Location} is kept.
	 * @param headers the headers of the response
	 */
	public void addTo(HttpHeaders headers) {
		if (headers.getLocation() == null) {
			headers.setLocation(URI.create(status()));
		}
	}

	/**
	 * Returns the id of the job.
	 * @return the id
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Returns the body of the response.
	 * @return plain JSON values
	 */
	public Map<String, @Nullable Object> body() {
		Map<String, @Nullable Object> body = new LinkedHashMap<>();
		body.put("jobId", this.id);
		body.put("events", this.contextPath + this.settings.streamPath(this.id));
		body.put("status", status());
		return body;
	}

	private String status() {
		return this.contextPath + this.settings.jobPath(this.id);
	}

}
