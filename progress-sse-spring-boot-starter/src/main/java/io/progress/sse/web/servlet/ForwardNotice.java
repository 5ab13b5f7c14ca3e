package io.progress.sse.web.servlet;

import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Logs one warning if a filter forwards requests for an endpoint to another path, as
 * filters for single-page applications do with unknown paths: clients would get a page
 * with status 200 instead of a job's progress.
 */
final class ForwardNotice {

	private static final Logger logger = LoggerFactory.getLogger(ForwardNotice.class);

	private final AtomicBoolean said = new AtomicBoolean();

	private final EndpointHandler endpoints;

	ForwardNotice(EndpointHandler endpoints) {
		this.endpoints = endpoints;
	}

	/**
	 * Checks a request that is not for an endpoint.
	 */
	void look(HttpServletRequest request) {
		if (request.getDispatcherType() != DispatcherType.FORWARD || this.said.get()) {
			return;
		}
		if (request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI) instanceof String asked) {
			PathPattern taken = this.endpoints.find(ServletPath.withinApplication(asked, request));
			if (taken != null && this.said.compareAndSet(false, true)) {
				logger.warn("A filter forwards requests for '{}' to '{}', so clients get that instead of a job's "
						+ "progress: exclude them from the filter, or set 'progress.sse.path' to a path that it does not forward, "
						+ "such as /api/progress. This is logged once", taken.getPatternString(),
						request.getRequestURI());
			}
		}
	}

}
