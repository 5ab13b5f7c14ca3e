package io.progress.sse.web.servlet;

import java.io.IOException;

import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Finds out whether a response is written straight to the container, past all filters.
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
		// Those of Spring's own are mocks, which know no non-blocking output.
		return request.isAsyncSupported() && !isOf(each, "org.springframework.");
	}

	/**
	 * Spring Security and Spring Session look at when the headers leave, and hand on all
	 * that is written at once.
	 */
	private static boolean isTransparent(ServletResponseWrapper wrapper) throws IOException {
		return isOf(wrapper, "org.springframework.security.") || isOf(wrapper, "org.springframework.session.")
				|| wrapper.getOutputStream() == wrapper.getResponse().getOutputStream();
	}

	private static boolean isOf(ServletResponse response, String prefix) {
		return response.getClass().getName().startsWith(prefix);
	}

}
