package io.progress.sse.servlet;

import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.util.pattern.PathPattern;

import io.progress.sse.web.WebSettings;

/**
 * Serves the streams in URLs of the application's own shape. A servlet cannot be mapped
 * to these without taking their neighbours away from the application, so their requests
 * are picked out by a filter, the last one, and handed to a servlet as if it were mapped
 * there.
 */
public final class FurtherStreamsFilter extends OncePerRequestFilter {

	private final List<PathPattern> paths;

	private final String prefix;

	private final @Nullable StreamServlet servlet;

	private final String servletName;

	/**
	 * Creates the filter.
	 * @param settings the settings, not relative
	 * @param routes the streams, by the paths in the settings; empty if there are none
	 * @param servletName name of a servlet that is mapped to our own path
	 */
	public FurtherStreamsFilter(WebSettings settings, Optional<? extends RouterFunction<?>> routes,
			String servletName) {
		this.paths = settings.routePatterns();
		this.prefix = settings.path();
		this.servlet = routes.map((each) -> new StreamServlet(each, settings.relative())).orElse(null);
		this.servletName = servletName;
	}

	@Override
	protected void initFilterBean() {
		if (this.servlet != null) {
			this.servlet.init(new NamedConfig(this.servletName, getServletContext()));
		}
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		PathContainer path = PathContainer
			.parsePath(request.getRequestURI().substring(request.getContextPath().length()));
		if (this.servlet != null && this.paths.stream().anyMatch((each) -> each.matches(path))) {
			this.servlet.service(new PrefixedRequest(request, this.prefix), response);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	/**
	 * A request to the same path below a prefix.
	 */
	private static final class PrefixedRequest extends HttpServletRequestWrapper {

		private final String prefix;

		PrefixedRequest(HttpServletRequest request, String prefix) {
			super(request);
			this.prefix = prefix;
		}

		@Override
		public String getRequestURI() {
			String context = getContextPath();
			return context + this.prefix + super.getRequestURI().substring(context.length());
		}

		@Override
		public StringBuffer getRequestURL() {
			StringBuffer url = super.getRequestURL();
			url.setLength(url.length() - super.getRequestURI().length());
			return url.append(getRequestURI());
		}

	}

	private record NamedConfig(String getServletName, ServletContext getServletContext) implements ServletConfig {

		@Override
		public @Nullable String getInitParameter(String name) {
			return null;
		}

		@Override
		public Enumeration<String> getInitParameterNames() {
			return Collections.emptyEnumeration();
		}

	}

}
