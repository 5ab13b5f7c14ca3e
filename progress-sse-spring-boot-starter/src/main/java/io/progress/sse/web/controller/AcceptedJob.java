package io.progress.sse.web.controller;

import java.net.URI;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

import io.progress.sse.JobHandle;
import io.progress.sse.web.JobLinks;
import io.progress.sse.web.WebSettings;

/**
 * The response to a request whose controller returns a job: 202, with the URLs of the job
 * and of its stream.
 */
public final class AcceptedJob {

	private final JobLinks links;

	/**
	 * Creates the answer.
	 * @param job what the controller has returned
	 * @param contextPath what comes before the application's own paths
	 * @param settings the settings
	 */
	public AcceptedJob(JobHandle job, String contextPath, WebSettings settings) {
		this.links = new JobLinks(job.id(), contextPath, settings);
	}

	/**
	 * Adds where the job is; a {@code Location} that is there stays.
	 * @param headers where to
	 */
	public void addTo(HttpHeaders headers) {
		if (headers.getLocation() == null) {
			headers.setLocation(URI.create(this.links.status()));
		}
	}

	/**
	 * The id of the job.
	 * @return the id
	 */
	public String id() {
		return this.links.job().value();
	}

	/**
	 * The body of the answer.
	 * @return plain JSON values
	 */
	public Map<String, @Nullable Object> body() {
		return this.links.body();
	}

}
