package io.progress.sse.servlet;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.server.reactive.ServletHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;

import io.progress.sse.web.CrossOriginFilter;
import io.progress.sse.web.WebSettings;

/**
 * Serves reactive routes inside a servlet container, without a thread per stream. To be
 * mapped once, to {@code /prefix/*} or {@code /}, with asynchronous support. The routes
 * see paths relative to the mapping and the caller as the container knows it.
 */
public final class StreamServlet extends ServletHttpHandlerAdapter {

	/** In bytes. Each open stream holds one, for a request's body, which nobody reads. */
	private static final int BUFFER_SIZE = 64;

	/**
	 * Creates a servlet.
	 * @param routes what to serve
	 * @param settings settings that are relative to the mapping, too
	 */
	public StreamServlet(RouterFunction<?> routes, WebSettings settings) {
		super(RouterFunctions.toHttpHandler(routes,
				HandlerStrategies.builder().webFilter(new ContainerBridge(new CrossOriginFilter(settings))).build()));
		setBufferSize(BUFFER_SIZE);
	}

	@Override
	public void service(ServletRequest request, ServletResponse response) throws ServletException, IOException {
		ExchangeGuard guard = new ExchangeGuard();
		super.service(new GuardedRequest((HttpServletRequest) request, guard),
				new GuardedResponse((HttpServletResponse) response, guard));
	}

}
