package io.progress.sse.security;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.filter.OncePerRequestFilter;

import io.progress.sse.web.EndpointPaths;
import io.progress.sse.web.Problem;
import io.progress.sse.web.servlet.ServletPath;
import io.progress.sse.web.servlet.ServletProblem;

/**
 * Answers with status 401 to a client that is not signed in. An EventSource would follow
 * a redirect to a login page and fail on its HTML.
 */
final class UnauthenticatedFilter extends OncePerRequestFilter {

	private final EndpointPaths endpoints;

	/**
	 * Creates the filter.
	 * @param endpoints the paths of the endpoints
	 */
	UnauthenticatedFilter(EndpointPaths endpoints) {
		this.endpoints = endpoints;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			chain.doFilter(request, response);
		}
		catch (AccessDeniedException | AuthenticationException ex) {
			if (request.getUserPrincipal() != null || response.isCommitted() || !isOurs(request)) {
				throw ex;
			}
			ServletProblem.write(Problem.notSignedIn(), response);
		}
	}

	private boolean isOurs(HttpServletRequest request) {
		return this.endpoints.contains(ServletPath.withinApplication(request));
	}

}
