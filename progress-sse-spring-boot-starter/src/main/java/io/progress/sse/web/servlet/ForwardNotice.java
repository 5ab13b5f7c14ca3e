package io.progress.sse.web.servlet;

import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Warns once of a filter that forwards requests for an endpoint to something else, as
 * filters for single-page applications do with all paths that they do not know: then
 * clients get a page with status 200 in place of a job's progress.
 */
final class ForwardNotice {

	private static final Logger logger = LoggerFactory.getLogger(ForwardNotice.class);

	private final AtomicBoolean said = new AtomicBoolean();

	private final EndpointHandler endpoints;

	ForwardNotice(EndpointHandler endpoints) {
		this.endpoints = endpoints;
	}

	/**
	 * Looks at a request that is not for an endpoint.
	 */
	void look(HttpServletRequest request) {
		if (request.getDispatcherType() != DispatcherType.FORWARD || this.said.get()) {
			return;
		}
		if (request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI) instanceof String asked) {
			PathPattern taken = this.endpoints.find(ServletPath.withinApplication(asked, request));
			if (taken != null && this.said.compareAndSet(false, true)) {
				logger.warn("A filter forwards requests for '{}' to '{}', so clients get that in place of a job's "
						+ "progress: let the filter pass them on, or set 'progress.sse.path' to a path that it passes on, "
						+ "such as /api/progress. This is said once", taken.getPatternString(),
						request.getRequestURI());
			}
		}
	}

}
