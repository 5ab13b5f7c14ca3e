package io.progress.sse.web.servlet;

import java.io.IOException;

import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Finds out whether no filter has wrapped a response, so that it is written directly to
 * the container.
 */
final class BareResponse {

	private BareResponse() {
	}

	static boolean is(HttpServletRequest request, HttpServletResponse response) throws IOException {
		ServletResponse each = response;
		while (each instanceof ServletResponseWrapper wrapper) {
			if (!isTransparent(wrapper)) {
				return false;
			}
			each = wrapper.getResponse();
		}
		// Spring's own responses are mocks without non-blocking output.
		return request.isAsyncSupported() && !isOf(each, "org.springframework.");
	}

	/**
	 * The wrappers of Spring Security and Spring Session only watch when the headers are
	 * sent, and pass all writes on at once.
	 */
	private static boolean isTransparent(ServletResponseWrapper wrapper) throws IOException {
		return isOf(wrapper, "org.springframework.security.") || isOf(wrapper, "org.springframework.session.")
				|| wrapper.getOutputStream() == wrapper.getResponse().getOutputStream();
	}

	private static boolean isOf(ServletResponse response, String prefix) {
		return response.getClass().getName().startsWith(prefix);
	}

}
