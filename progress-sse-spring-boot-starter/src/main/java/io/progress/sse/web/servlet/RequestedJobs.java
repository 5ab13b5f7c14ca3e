package io.progress.sse.web.servlet;

import java.security.Principal;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import io.progress.sse.JobHandle;
import io.progress.sse.RequestContext;
import io.progress.sse.web.SubmissionHeaders;

/**
 * Puts the first job that a request starts into the response's headers. Further jobs are
 * not named, because a request may start more of them than headers can hold. Only the
 * container's thread for the request may change the response; a job that another thread
 * starts waits for the next dispatch, if there is one.
 */
final class RequestedJobs {

	private final AtomicReference<@Nullable JobHandle> first = new AtomicReference<>();

	private final RequestContext jobRequest;

	private final SubmissionHeaders headers;

	private final String contextPath;

	private volatile @Nullable Thread thread;

	/** Used only on the container's thread. */
	private @Nullable HttpServletResponse response;

	/** Used only on the container's thread. */
	private boolean named;

	RequestedJobs(HttpServletRequest request, SubmissionHeaders headers) {
		Principal caller = request.getUserPrincipal();
		this.jobRequest = headers.request(request::getHeader, (caller != null) ? caller.getName() : null,
				this::admitted);
		this.headers = headers;
		this.contextPath = request.getContextPath();
	}

	RequestContext jobRequest() {
		return this.jobRequest;
	}

	/**
	 * Called when a dispatch begins.
	 */
	void open(HttpServletResponse response) {
		this.response = response;
		this.thread = Thread.currentThread();
		write(response);
	}

	/**
	 * Called when a dispatch ends.
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
			this.headers.name(job, this.contextPath, response::addHeader);
		}
	}

}
