package io.progress.sse.web.servlet;

import java.io.IOException;

import jakarta.servlet.http.HttpServletResponse;

import io.progress.sse.web.Problem;

/**
 * Writes problems into servlet responses.
 */
public final class ServletProblem {

	private ServletProblem() {
	}

	/**
	 * Writes a problem.
	 * @param problem the problem
	 * @param response a response that is not committed
	 * @throws IOException if the client has disconnected
	 */
	public static void write(Problem problem, HttpServletResponse response) throws IOException {
		response.setStatus(problem.status());
		problem.headers().forEach((name, values) -> values.forEach((value) -> response.setHeader(name, value)));
		response.getOutputStream().write(problem.json());
	}

}
