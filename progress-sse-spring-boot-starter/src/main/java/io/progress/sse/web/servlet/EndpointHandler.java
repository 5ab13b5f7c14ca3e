package io.progress.sse.web.servlet;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.util.pattern.PathPattern;

import io.progress.sse.web.WebSettings;

/**
 * Handles requests for the endpoints. A response that no filter has wrapped is written
 * without a thread of its own; any other response is written in the same way as Spring's
 * asynchronous handlers do, because filters expect that.
 */
public final class EndpointHandler implements HttpRequestHandler {

	private static final boolean OBSERVED = ClassUtils.isPresent("io.micrometer.observation.Observation",
			EndpointHandler.class.getClassLoader());

	private final List<PathPattern> paths;

	private final Supplier<Ways> ways;

	/**
	 * Creates the endpoints.
	 * @param routes the endpoints
	 * @param settings the settings with the paths
	 * @param added further paths of the routes
	 * @param mappings the application's rules for other origins
	 * @param writers runs tasks that may block
	 */
	public EndpointHandler(RouterFunction<?> routes, WebSettings settings, Collection<PathPattern> added,
			CorsConfigurationSource mappings, Executor writers) {
		this.paths = Stream.concat(settings.patterns().stream(), added.stream()).sorted().toList();
		this.ways = SingletonSupplier
			.of(() -> Ways.to(ServletExchangeFilter.handler(routes, settings, mappings), writers));
	}

	/**
	 * Whether a request is for an endpoint.
	 * @param request the request
	 * @return {@code true} if so
	 */
	public boolean contain(HttpServletRequest request) {
		return find(ServletPath.withinApplication(request)) != null;
	}

	/**
	 * Returns the pattern of the endpoint that matches a path; {@code null} if none does.
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
		ServletExchangeFilter.identify(request);
		if (isDirect(request, response)) {
			this.ways.get().direct().service(request, response);
		}
		else {
			this.ways.get().dispatching().handleRequest(request, response);
		}
	}

	/**
	 * A request that is not a {@code GET} is no stream and can be answered on the
	 * container's thread.
	 */
	private static boolean isDirect(HttpServletRequest request, HttpServletResponse response) throws IOException {
		return HttpMethod.GET.matches(request.getMethod()) && !DispatchingHandler.isResumed(request)
				&& BareResponse.is(request, response);
	}

	/** Made for the first request, because it takes long. */
	private record Ways(StreamServlet direct, DispatchingHandler dispatching) {

		static Ways to(HttpHandler handler, Executor writers) {
			return new Ways(new StreamServlet(handler), new DispatchingHandler(handler, writers));
		}

	}

	/**
	 * A separate class, so that Micrometer types are loaded only if they are on the class
	 * path.
	 */
	private static final class Observed {

		private Observed() {
		}

		/**
		 * Sets the {@code uri} of the request's observation, as Spring MVC would.
		 */
		static void as(@Nullable PathPattern endpoint, HttpServletRequest request) {
			if (endpoint != null) {
				ServerHttpObservationFilter.findObservationContext(request)
					.ifPresent((context) -> context.setPathPattern(endpoint.getPatternString()));
			}
		}

	}

}
