package io.progress.sse.web.servlet;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServletHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunction;

import io.progress.sse.web.WebSettings;

/**
 * Serves reactive routes in a servlet container, without a thread per stream. The routes
 * see paths within the application and the container's caller. The calling filter or
 * servlet must support asynchronous requests.
 */
final class StreamServlet extends ServletHttpHandlerAdapter {

	/**
	 * Size in bytes of the buffer for a request's body. Each open stream holds one, but
	 * no endpoint reads a body.
	 */
	private static final int BUFFER_SIZE = 64;

	/**
	 * Creates a servlet.
	 * @param routes the routes
	 * @param settings the settings of the endpoints
	 */
	StreamServlet(RouterFunction<?> routes, WebSettings settings) {
		this(ServletExchangeFilter.handler(routes, settings, (exchange) -> null));
	}

	StreamServlet(HttpHandler handler) {
		super(handler);
		setBufferSize(BUFFER_SIZE);
		super.init(new MappedToAll());
	}

	@Override
	public void init(ServletConfig config) {
		// The servlet mapping does not matter.
	}

	@Override
	public void service(ServletRequest request, ServletResponse response) throws ServletException, IOException {
		ResponseLock guard = new ResponseLock();
		super.service(new LockingRequest((HttpServletRequest) request, guard),
				new LockingResponse((HttpServletResponse) response, guard));
	}

	/**
	 * Overridden, because Spring's adapter needs exactly one servlet mapping and treats
	 * it as a part of the context path.
	 */
	private static final class MappedToAll implements ServletConfig {

		@Override
		public String getServletName() {
			return StreamServlet.class.getName();
		}

		@Override
		public ServletContext getServletContext() {
			ServletRegistration registration = answering(ServletRegistration.class, Map.of("getMappings", Set.of("/")));
			return answering(ServletContext.class, Map.of("getServletRegistration", registration));
		}

		@Override
		public @Nullable String getInitParameter(String name) {
			return null;
		}

		@Override
		public Enumeration<String> getInitParameterNames() {
			return Collections.emptyEnumeration();
		}

		private static <T> T answering(Class<T> type, Map<String, ?> answers) {
			return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
					(proxy, method, arguments) -> answers.get(method.getName())));
		}

	}

}
