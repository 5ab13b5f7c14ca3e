package io.progress.sse.security;

import java.io.IOException;
import java.security.Principal;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

import io.progress.sse.web.JobAccess;
import io.progress.sse.web.GuardedEndpoints;

/**
 * Lets a request for a stream pass that shows a good ticket. The ticket is taken by the
 * stream.
 */
public final class TicketFilter extends OncePerRequestFilter {

	private final GuardedEndpoints endpoints;

	/**
	 * Creates the filter.
	 * @param endpoints our endpoints
	 */
	public TicketFilter(GuardedEndpoints endpoints) {
		this.endpoints = endpoints;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Principal holder = holder(request);
		if (holder != null && SecurityContextHolder.getContext().getAuthentication() == null) {
			SecurityContext context = SecurityContextHolder.createEmptyContext();
			context.setAuthentication(new TicketAuthentication(holder));
			SecurityContextHolder.setContext(context);
		}
		chain.doFilter(request, response);
	}

	private @Nullable Principal holder(HttpServletRequest request) {
		String ticket = request.getMethod().equals("GET") ? request.getParameter(JobAccess.TICKET) : null;
		if (ticket == null) {
			return null;
		}
		String path = request.getRequestURI().substring(request.getContextPath().length());
		return this.endpoints.ticketHolder(PathContainer.parsePath(path), ticket);
	}

}
