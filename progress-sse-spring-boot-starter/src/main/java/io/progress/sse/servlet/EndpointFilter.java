package io.progress.sse.servlet;

import java.io.IOException;
import java.util.List;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.util.ClassUtils;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.util.pattern.PathPattern;

import io.progress.sse.web.WebSettings;

/**
 * Serves the endpoints. A servlet cannot be mapped to these without taking their
 * neighbours away from the application, so their requests are picked out by a filter, the
 * last one.
 */
public final class EndpointFilter extends OncePerRequestFilter {

	private static final boolean OBSERVED = ClassUtils.isPresent("io.micrometer.observation.Observation",
			EndpointFilter.class.getClassLoader());

	private final List<PathPattern> paths;

	private final StreamServlet servlet;

	/**
	 * Creates the filter.
	 * @param routes the endpoints
	 * @param settings the settings, which have their paths
	 */
	public EndpointFilter(RouterFunction<?> routes, WebSettings settings) {
		this.paths = settings.patterns();
		this.servlet = new StreamServlet(routes, settings);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		PathPattern endpoint = endpoint(ServletPath.withinApplication(request));
		if (endpoint == null) {
			chain.doFilter(request, response);
			return;
		}
		if (OBSERVED) {
			Observed.as(endpoint, request);
		}
		this.servlet.service(request, response);
	}

	private @Nullable PathPattern endpoint(PathContainer path) {
		for (PathPattern each : this.paths) {
			if (each.matches(path)) {
				return each;
			}
		}
		return null;
	}

	/** Apart, so that Micrometer is only loaded where there is some. */
	private static final class Observed {

		private Observed() {
		}

		/**
		 * Gives the request's observation its {@code uri}, as Spring MVC would.
		 */
		static void as(PathPattern endpoint, HttpServletRequest request) {
			ServerHttpObservationFilter.findObservationContext(request)
				.ifPresent((context) -> context.setPathPattern(endpoint.getPatternString()));
		}

	}

}
