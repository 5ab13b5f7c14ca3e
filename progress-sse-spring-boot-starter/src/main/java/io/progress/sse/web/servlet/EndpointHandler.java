package io.progress.sse.web.servlet;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.util.ClassUtils;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.util.pattern.PathPattern;

import io.progress.sse.web.WebSettings;

/**
 * The endpoints, for whatever finds their requests. A response that no filter has
 * decorated is written without a thread of its own; any other as Spring writes those of
 * its own asynchronous handlers, since that is what filters expect.
 */
public final class EndpointHandler implements HttpRequestHandler {

	private static final boolean OBSERVED = ClassUtils.isPresent("io.micrometer.observation.Observation",
			EndpointHandler.class.getClassLoader());

	private final List<PathPattern> paths;

	private final StreamServlet direct;

	private final DispatchingHandler dispatching;

	/**
	 * Creates the endpoints.
	 * @param routes the endpoints
	 * @param settings the settings, which have their paths
	 * @param mappings which other pages the application lets in
	 * @param writers threads that streams may block
	 */
	public EndpointHandler(RouterFunction<?> routes, WebSettings settings, CorsConfigurationSource mappings,
			Executor writers) {
		this.paths = settings.patterns();
		HttpHandler handler = ServletExchangeFilter.handler(routes, settings, mappings);
		this.direct = new StreamServlet(handler);
		this.dispatching = new DispatchingHandler(handler, writers);
	}

	/**
	 * Whether a request is to one of them.
	 * @param request the request
	 * @return {@code true} if so
	 */
	public boolean contain(HttpServletRequest request) {
		return find(ServletPath.withinApplication(request)) != null;
	}

	/**
	 * The pattern of the endpoint that has a path; {@code null} if none has.
	 */
	@Nullable PathPattern find(PathContainer path) {
		for (PathPattern each : this.paths) {
			if (each.matches(path)) {
				return each;
			}
		}
		return null;
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		if (OBSERVED) {
			Observed.as(find(ServletPath.withinApplication(request)), request);
		}
		if (isDirect(request, response)) {
			this.direct.service(request, response);
		}
		else {
			this.dispatching.handleRequest(request, response);
		}
	}

	/**
	 * What is no {@code GET} is no stream, and is best answered before the container goes
	 * on.
	 */
	private static boolean isDirect(HttpServletRequest request, HttpServletResponse response) throws IOException {
		return HttpMethod.GET.matches(request.getMethod()) && !DispatchingHandler.isResumed(request)
				&& BareResponse.is(request, response);
	}

	/** Apart, so that Micrometer is only loaded where there is some. */
	private static final class Observed {

		private Observed() {
		}

		/**
		 * Gives the request's observation its {@code uri}, as Spring MVC would.
		 */
		static void as(@Nullable PathPattern endpoint, HttpServletRequest request) {
			if (endpoint != null) {
				ServerHttpObservationFilter.findObservationContext(request)
					.ifPresent((context) -> context.setPathPattern(endpoint.getPatternString()));
			}
		}

	}

}
