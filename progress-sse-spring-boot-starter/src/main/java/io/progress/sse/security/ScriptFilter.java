package io.progress.sse.security;

import java.io.IOException;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.progress.sse.servlet.Endpoints;
import io.progress.sse.servlet.ServletPath;
import io.progress.sse.web.GuardedEndpoints;

/**
 * Gives the JavaScript client to anybody, ahead of the rules about who may have what.
 */
public final class ScriptFilter implements Filter {

	private final GuardedEndpoints endpoints;

	private final Endpoints scripts;

	/**
	 * Creates the filter.
	 * @param endpoints our endpoints
	 * @param scripts serves the client
	 */
	public ScriptFilter(GuardedEndpoints endpoints, Endpoints scripts) {
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
