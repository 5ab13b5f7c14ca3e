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

/**
 * Passes the job headers of a request to the tracker, and names the started job in the
 * response. It must be the last filter, so that all others have already identified the
 * caller.
 */
final class JobRequestFilter extends OncePerRequestFilter {

	private static final String REQUESTED = RequestedJobs.class.getName();

	private final SubmissionHeaders headers;

	/**
	 * Creates the filter.
	 * @param headers the headers about jobs
	 */
	JobRequestFilter(SubmissionHeaders headers) {
		this.headers = headers;
	}

	/**
	 * The result of an asynchronous controller is written in another dispatch.
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
		RequestedJobs jobs = new RequestedJobs(request, this.headers);
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
