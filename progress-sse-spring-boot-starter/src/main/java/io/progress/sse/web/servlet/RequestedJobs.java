package io.progress.sse.web.servlet;

import java.security.Principal;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

import io.progress.sse.JobHandle;
import io.progress.sse.RequestContext;
import io.progress.sse.web.SubmissionHeaders;
import io.progress.sse.web.WebSettings;

/**
 * The first job that a request starts, on its way into the response's headers: the others
 * are not named, because a request may start more of them than headers can hold. Only the
 * thread that the container lends to the request touches the response; a job that another
 * thread starts waits for the next dispatch, if there is one.
 */
final class RequestedJobs {

	private final AtomicReference<@Nullable JobHandle> first = new AtomicReference<>();

	private final RequestContext jobRequest;

	private final WebSettings settings;

	private final String contextPath;

	private volatile @Nullable Thread thread;

	/** Confined to the thread. */
	private @Nullable HttpServletResponse response;

	/** Confined to the thread. */
	private boolean named;

	RequestedJobs(HttpServletRequest request, SubmissionHeaders headers, WebSettings settings) {
		Principal caller = request.getUserPrincipal();
		this.jobRequest = headers.request(request::getHeader, (caller != null) ? caller.getName() : null,
				this::admitted);
		this.settings = settings;
		this.contextPath = request.getContextPath();
	}

	RequestContext jobRequest() {
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
		if (this.first.compareAndSet(null, job) && this.thread == Thread.currentThread() && this.response != null) {
			write(this.response);
		}
	}

	private void write(HttpServletResponse response) {
		JobHandle job = this.first.get();
		if (job != null && !this.named) {
			this.named = true;
			String id = job.id().value();
			response.addHeader(this.settings.jobIdHeader(), id);
			response.addHeader(HttpHeaders.LINK,
					"<" + this.contextPath + this.settings.streamPath(id) + ">; rel=\"monitor\"");
		}
	}

}
