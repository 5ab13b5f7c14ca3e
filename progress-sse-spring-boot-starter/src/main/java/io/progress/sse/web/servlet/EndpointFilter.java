package io.progress.sse.web.servlet;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Serves the endpoints where Spring MVC does not see all requests. A servlet cannot be
 * mapped to these without taking their neighbours away from the application, so their
 * requests are picked out by a filter, the last one.
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
	 * Answers that took their time are written in another dispatch.
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
