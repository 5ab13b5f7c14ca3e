package io.progress.sse.web.servlet;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Serves the endpoints if Spring MVC is not mapped to the root path. A servlet mapping
 * for them would also take other URLs of the application, so the last filter picks out
 * their requests.
 */
final class EndpointFilter extends OncePerRequestFilter {

	private final EndpointHandler endpoints;

	/**
	 * Creates the filter.
	 * @param endpoints the endpoints
	 */
	EndpointFilter(EndpointHandler endpoints) {
		this.endpoints = endpoints;
	}

	/**
	 * Late responses are written in another dispatch.
	 */
	@Override
	protected boolean shouldNotFilterAsyncDispatch() {
		return false;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (this.endpoints.contain(request)) {
			this.endpoints.handleRequest(request, response);
		}
		else {
			chain.doFilter(request, response);
		}
	}

}
