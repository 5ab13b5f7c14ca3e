package io.progress.sse.security;

import java.io.IOException;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.progress.sse.web.EndpointPaths;
import io.progress.sse.web.servlet.EndpointHandler;
import io.progress.sse.web.servlet.ServletPath;

/**
 * Serves the JavaScript client to everyone, before the application's access rules.
 */
final class ScriptFilter implements Filter {

	private final EndpointPaths endpoints;

	private final EndpointHandler scripts;

	/**
	 * Creates the filter.
	 * @param endpoints the paths of the endpoints
	 * @param scripts serves the client
	 */
	ScriptFilter(EndpointPaths endpoints, EndpointHandler scripts) {
		this.endpoints = endpoints;
		this.scripts = scripts;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		HttpServletRequest asked = (HttpServletRequest) request;
		if (this.endpoints.isScript(asked.getMethod(), ServletPath.withinApplication(asked))) {
			this.scripts.handleRequest(asked, (HttpServletResponse) response);
		}
		else {
			chain.doFilter(request, response);
		}
	}

}
