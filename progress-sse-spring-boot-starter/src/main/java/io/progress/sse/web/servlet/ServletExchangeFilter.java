package io.progress.sse.web.servlet;

import java.security.Principal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

import io.progress.sse.web.CrossOriginFilter;
import io.progress.sse.web.ObservedStreams;
import io.progress.sse.web.WebSettings;
import io.progress.sse.web.access.Caller;

/**
 * Passes facts from the container and its filters to reactive code: who the caller is,
 * which origins are allowed, and that a client has disconnected.
 */
final class ServletExchangeFilter implements WebFilter {

	private static final Logger logger = LoggerFactory.getLogger(StreamServlet.class);

	private static final String CALLER = Caller.class.getName();

	private final DefaultCorsProcessor processor = new DefaultCorsProcessor();

	private final CrossOriginFilter origins;

	private final CorsConfigurationSource mappings;

	/**
	 * Creates a bridge.
	 * @param origins allows the listed origins
	 * @param mappings the application's own rules
	 */
	ServletExchangeFilter(CrossOriginFilter origins, CorsConfigurationSource mappings) {
		this.origins = origins;
		this.mappings = mappings;
	}

	/**
	 * Creates a handler of routes that runs after this filter.
	 */
	static HttpHandler handler(RouterFunction<?> routes, WebSettings settings, CorsConfigurationSource mappings) {
		return RouterFunctions.toHttpHandler(routes,
				HandlerStrategies.builder()
					.webFilter(new ServletExchangeFilter(new CrossOriginFilter(settings), mappings))
					.build());
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		HttpServletRequest request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
		HttpServletResponse response = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
		if (response instanceof LockingResponse guarded) {
			exchange.getResponse().beforeCommit(guarded::handedOver);
		}
		Caller caller = known(request);
		exchange.getAttributes().put(CALLER, caller);
		if (ObservedStreams.ARE_OBSERVABLE) {
			Observed.pass(request, exchange);
		}
		ServerWebExchange bridged = exchange.mutate()
			.principal(Mono.justOrEmpty(caller.principal()))
			.response(new LateWriteTolerantResponse(exchange.getResponse()))
			.build();
		if (response.containsHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN)) {
			exchange.getAttributes().put(CrossOriginFilter.ALLOWED, true);
		}
		Mono<Void> filtered = this.origins.filter(bridged, (unlisted) -> filterMapped(unlisted, chain));
		return filtered.onErrorResume((ex) -> exchange.getResponse().isCommitted(), (ex) -> {
			logger.debug("Stream ended early", ex);
			return Mono.empty();
		});
	}

	/**
	 * Does the same as Spring MVC before it calls a controller.
	 */
	private Mono<Void> filterMapped(ServerWebExchange exchange, WebFilterChain chain) {
		CorsConfiguration configuration = CrossOriginFilter.isAllowed(exchange) ? null
				: this.mappings.getCorsConfiguration(exchange);
		if (configuration == null) {
			return chain.filter(exchange);
		}
		boolean valid = this.processor.process(configuration, exchange);
		return (valid && !CorsUtils.isPreFlightRequest(exchange.getRequest())) ? chain.filter(exchange)
				: exchange.getResponse().setComplete();
	}

	/**
	 * Takes down who sends a request, on the thread that it came in on. Spring Security
	 * tells that by a thread-local variable, which reactive code may clear before it
	 * comes to this filter.
	 */
	static void identify(HttpServletRequest request) {
		request.setAttribute(CALLER, caller(request));
	}

	private static Caller known(HttpServletRequest request) {
		return (request.getAttribute(CALLER) instanceof Caller known) ? known : caller(request);
	}

	private static Caller caller(HttpServletRequest request) {
		Principal principal = request.getUserPrincipal();
		HttpSession session = request.getSession(false);
		return (principal == null) ? Caller.UNKNOWN : new Caller(principal, () -> isOver(session));
	}

	private static boolean isOver(@Nullable HttpSession session) {
		try {
			return session != null && session.getCreationTime() < 0;
		}
		catch (IllegalStateException ex) {
			return true;
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
		 * Passes on the observation of the container's request.
		 */
		static void pass(HttpServletRequest request, ServerWebExchange exchange) {
			ServerHttpObservationFilter.findObservationContext(request)
				.ifPresent((context) -> ObservedStreams.observe(exchange, context));
		}

	}

}
