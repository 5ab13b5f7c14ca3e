package io.progress.sse.web.servlet;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.server.PathContainer;

/**
 * The path of a request within the application.
 */
public final class ServletPath {

	private ServletPath() {
	}

	/**
	 * Returns the path of a request after the context path, independent of the servlet
	 * mapping.
	 * @param request the request
	 * @return the path, still encoded
	 */
	public static PathContainer withinApplication(HttpServletRequest request) {
		return withinApplication(request.getRequestURI(), request);
	}

	static PathContainer withinApplication(String uri, HttpServletRequest request) {
		return PathContainer.parsePath(uri.substring(request.getContextPath().length()));
	}

}
