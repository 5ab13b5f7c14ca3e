package io.progress.sse.servlet;

import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

import io.progress.sse.JobHandle;
import io.progress.sse.JobRequest;
import io.progress.sse.event.JobId;
import io.progress.sse.web.WebSettings;

/**
 * The jobs that a request starts, on their way into the response's headers. Only the
 * thread that the container lends to the request touches the response; what other threads
 * start waits for the next dispatch, if there is one.
 */
final class RequestedJobs {

	private final Queue<JobHandle> waiting = new ConcurrentLinkedQueue<>();

	private final JobRequest jobRequest;

	private final WebSettings settings;

	private final String contextPath;

	private volatile @Nullable Thread thread;

	/** Confined to the thread. */
	private @Nullable HttpServletResponse response;

	RequestedJobs(HttpServletRequest request, @Nullable JobId wanted, @Nullable String owner, @Nullable URI webhook,
			WebSettings settings) {
		this.jobRequest = new JobRequest(wanted, owner, webhook, this::admitted);
		this.settings = settings;
		this.contextPath = request.getContextPath();
	}

	JobRequest jobRequest() {
		return this.jobRequest;
	}

	/**
	 * Begins a dispatch.
	 */
	void open(HttpServletResponse response) {
		this.response = response;
		this.thread = Thread.currentThread();
		write(response);
	}

	/**
	 * Ends a dispatch.
	 */
	void close() {
		this.thread = null;
		this.response = null;
	}

	private void admitted(JobHandle job) {
		this.waiting.add(job);
		if (this.thread == Thread.currentThread() && this.response != null) {
			write(this.response);
		}
	}

	private void write(HttpServletResponse response) {
		for (JobHandle job = this.waiting.poll(); job != null; job = this.waiting.poll()) {
			String id = job.id().value();
			response.addHeader(this.settings.jobIdHeader(), id);
			response.addHeader(HttpHeaders.LINK,
					"<" + this.contextPath + this.settings.streamPath(id) + ">; rel=\"monitor\"");
		}
	}

}
