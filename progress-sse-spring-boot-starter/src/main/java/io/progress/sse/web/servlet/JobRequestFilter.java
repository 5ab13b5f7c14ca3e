package io.progress.sse.web.servlet;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.filter.OncePerRequestFilter;

import io.progress.sse.Scope;
import io.progress.sse.web.Problem;
import io.progress.sse.web.SubmissionHeaders;
import io.progress.sse.web.WebSettings;

/**
 * Passes to the tracker what a request says about the job that it starts, and names that
 * job in the response. To be the last filter, so that every other has had its say about
 * who the caller is.
 */
final class JobRequestFilter extends OncePerRequestFilter {

	private static final String REQUESTED = RequestedJobs.class.getName();

	private final WebSettings settings;

	private final SubmissionHeaders headers;

	/**
	 * Creates the filter.
	 * @param settings the settings
	 * @param headers what requests say about their jobs
	 */
	JobRequestFilter(WebSettings settings, SubmissionHeaders headers) {
		this.settings = settings;
		this.headers = headers;
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
		RequestedJobs jobs = new RequestedJobs(request, this.headers, this.settings);
		request.setAttribute(REQUESTED, jobs);
		WebAsyncUtils.getAsyncManager(request)
			.registerCallableInterceptor(REQUESTED, new CallableScope(jobs.jobRequest()));
		filter(request, response, chain, jobs);
	}

	private static void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain,
			RequestedJobs jobs) throws ServletException, IOException {
		jobs.open(response);
		Scope scope = jobs.jobRequest().activate();
		try {
			chain.doFilter(request, response);
		}
		catch (ServletException | RuntimeException ex) {
			Problem refusal = response.isCommitted() ? null : Problem.ofRefusal(ex);
			if (refusal == null) {
				throw ex;
			}
			response.resetBuffer();
			ServletProblem.write(refusal, response);
		}
		finally {
			scope.close();
			jobs.close();
		}
	}

}
