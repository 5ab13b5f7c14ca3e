package io.progress.sse.servlet;

import java.io.IOException;
import java.net.URI;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.filter.OncePerRequestFilter;

import io.progress.sse.ProgressJob;
import io.progress.sse.event.JobId;
import io.progress.sse.web.JobAccess;
import io.progress.sse.web.Problem;
import io.progress.sse.web.WebSettings;
import io.progress.sse.web.WebhookHeader;

/**
 * Tells the tracker what a request says about the job that it is going to start, and
 * tells the client what became of it. To be the last filter, so that every other has had
 * its say about who the caller is.
 */
public final class JobRequestServletFilter extends OncePerRequestFilter {

	private static final String REQUESTED = RequestedJobs.class.getName();

	private final WebSettings settings;

	private final WebhookHeader webhooks;

	private final JobAccess access;

	/**
	 * Creates the filter.
	 * @param settings the settings
	 * @param webhooks the header that names a webhook
	 * @param access who may take which id
	 */
	public JobRequestServletFilter(WebSettings settings, WebhookHeader webhooks, JobAccess access) {
		this.settings = settings;
		this.webhooks = webhooks;
		this.access = access;
	}

	/**
	 * What a controller promised for later is written in another dispatch.
	 */
	@Override
	protected boolean shouldNotFilterAsyncDispatch() {
		return false;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (request.getAttribute(REQUESTED) instanceof RequestedJobs known) {
			filter(request, response, chain, known);
			return;
		}
		String wanted = request.getHeader(this.settings.jobIdHeader());
		if (wanted != null && !WebSettings.isChoosable(wanted)) {
			ServletProblem.write(Problem.malformedChoice(), response);
			return;
		}
		URI webhook;
		try {
			webhook = this.webhooks.read(request::getHeader);
		}
		catch (IllegalArgumentException ex) {
			ServletProblem.write(Problem.malformedWebhook(String.valueOf(ex.getMessage())), response);
			return;
		}
		JobId jobId = (wanted != null) ? JobId.of(wanted) : null;
		String caller = (request.getUserPrincipal() != null) ? request.getUserPrincipal().getName() : null;
		if (jobId != null && this.access.isAwaitedByAnother(jobId, caller)) {
			ServletProblem.write(Problem.duplicateJob(), response);
			return;
		}
		RequestedJobs jobs = new RequestedJobs(request, jobId, caller, webhook, this.settings);
		request.setAttribute(REQUESTED, jobs);
		WebAsyncUtils.getAsyncManager(request)
			.registerCallableInterceptor(REQUESTED, new CallableScope(jobs.jobRequest()));
		filter(request, response, chain, jobs);
	}

	private static void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain,
			RequestedJobs jobs) throws ServletException, IOException {
		jobs.open(response);
		ProgressJob.Scope scope = jobs.jobRequest().activate();
		try {
			chain.doFilter(request, response);
		}
		catch (ServletException | RuntimeException ex) {
			if (!Problem.isDuplicateJob(ex) || response.isCommitted()) {
				throw ex;
			}
			response.resetBuffer();
			ServletProblem.write(Problem.duplicateJob(), response);
		}
		finally {
			scope.close();
			jobs.close();
		}
	}

}
