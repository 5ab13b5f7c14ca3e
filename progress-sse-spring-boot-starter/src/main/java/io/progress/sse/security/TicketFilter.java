package io.progress.sse.security;

import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

import io.progress.sse.web.EndpointPaths;
import io.progress.sse.web.JobAccess;
import io.progress.sse.web.Problem;
import io.progress.sse.web.access.Caller;
import io.progress.sse.web.servlet.ServletPath;
import io.progress.sse.web.servlet.ServletProblem;

/**
 * Authenticates a request for a stream that has a valid ticket. The ticket is used up
 * only when the stream opens.
 */
final class TicketFilter extends OncePerRequestFilter {

	/** How long to wait for the ticket store. Container threads may block. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final EndpointPaths endpoints;

	/**
	 * Creates the filter.
	 * @param endpoints the paths of the endpoints
	 */
	TicketFilter(EndpointPaths endpoints) {
		this.endpoints = endpoints;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			Caller holder = holder(request);
			if (holder != null) {
				SecurityContext context = SecurityContextHolder.createEmptyContext();
				context.setAuthentication(new TicketAuthentication(holder));
				SecurityContextHolder.setContext(context);
			}
		}
		catch (RuntimeException ex) {
			ServletProblem.write(Problem.storeUnavailable(), response);
			return;
		}
		chain.doFilter(request, response);
	}

	private @Nullable Caller holder(HttpServletRequest request) {
		String[] tickets = request.getMethod().equals("GET") ? request.getParameterValues(JobAccess.TICKET) : null;
		if (tickets == null || SecurityContextHolder.getContext().getAuthentication() != null) {
			return null;
		}
		return this.endpoints.ticketHolder(ServletPath.withinApplication(request), tickets[tickets.length - 1])
			.block(PATIENCE);
	}

}
