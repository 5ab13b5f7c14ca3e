package io.progress.sse.web.servlet;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHeadResponseDecorator;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.context.request.async.AsyncWebRequest;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncManager;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import io.progress.sse.web.Problem;

/**
 * Serves reactive routes in the same way as Spring serves asynchronous handlers, so that
 * filters work with them.
 * <ul>
 * <li>A response that is ready at once is written at once, as from a controller.</li>
 * <li>A response that comes later is written in another dispatch, which passes the
 * filters again.</li>
 * <li>A stream is written by threads that may block, and ends with another dispatch.</li>
 * </ul>
 */
final class DispatchingHandler implements HttpRequestHandler {

	private static final Logger logger = LoggerFactory.getLogger(DispatchingHandler.class);

	/** No time-out, because streams and stores have their own time-outs. */
	private static final long NO_TIMEOUT = -1;

	/**
	 * The time-out for requests that cannot be asynchronous. Stores give up long before.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final HttpHandler handler;

	private final Scheduler writers;

	/**
	 * Creates a handler.
	 * @param handler the routes
	 * @param writers runs tasks that may block
	 */
	DispatchingHandler(HttpHandler handler, Executor writers) {
		this.handler = handler;
		this.writers = Schedulers.fromExecutor(writers);
	}

	/**
	 * Whether this is the second dispatch of a request that this handler has started.
	 */
	static boolean isResumed(HttpServletRequest request) {
		return WebAsyncUtils.getAsyncManager(request).hasConcurrentResult();
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		WebAsyncManager async = WebAsyncUtils.getAsyncManager(request);
		AsyncWebRequest webRequest = WebAsyncUtils.createAsyncWebRequest(request, response);
		async.setAsyncWebRequest(webRequest);
		if (async.hasConcurrentResult()) {
			Object result = async.getConcurrentResult();
			async.clearConcurrentResult();
			resume(result, request, response);
			return;
		}
		BufferedResponse answer = new BufferedResponse(response);
		this.handler
			.handle(new BodilessRequest(request),
					HttpMethod.HEAD.matches(request.getMethod()) ? new HttpHeadResponseDecorator(answer) : answer)
			.subscribe(null, answer::fail, answer::complete);
		if (answer.known().isDone() || !request.isAsyncSupported()) {
			write(await(answer), request, response);
			return;
		}
		DeferredResult<Object> later = start(async);
		var unused = answer.known().whenComplete((known, ex) -> later.setResult((ex != null) ? ex : known));
	}

	private void resume(@Nullable Object result, HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		if (result instanceof BufferedResponse answer) {
			write(answer, request, response);
		}
		else if (result instanceof Throwable ex) {
			if (!response.isCommitted()) {
				throw new ServletException("An endpoint of progress-sse failed", ex);
			}
			logger.debug("Stream ended early", ex);
		}
	}

	private static BufferedResponse await(BufferedResponse answer) throws ServletException {
		try {
			return answer.known().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ServletException("An endpoint of progress-sse was interrupted", ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new ServletException("An endpoint of progress-sse failed", ex);
		}
	}

	private void write(BufferedResponse answer, HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		Flux<DataBuffer> frames = answer.frames();
		if (frames == null) {
			answer.writeHead(response);
			answer.writeBody(response);
		}
		else if (request.isAsyncSupported()) {
			stream(answer, frames, request);
		}
		else {
			logger.warn("A stream needs filters and servlets that support asynchronous requests, but one before {}"
					+ " does not: set 'asyncSupported' on its FilterRegistrationBean, or on its @WebFilter or"
					+ " @WebServlet", request.getRequestURI());
			answer.sent();
			ServletProblem.write(Problem.noAsyncSupport(), response);
		}
	}

	private void stream(BufferedResponse answer, Flux<DataBuffer> frames, HttpServletRequest request)
			throws ServletException, IOException {
		ShallowEtagHeaderFilter.disableContentCaching(request);
		WebAsyncManager async = WebAsyncUtils.getAsyncManager(request);
		DeferredResult<Object> end = start(async);
		HttpServletResponse response = responseOf(async);
		answer.writeHead(response);
		FrameWriter writer = new FrameWriter(response.getOutputStream(), answer, end);
		end.onError((ex) -> writer.cancel());
		end.onCompletion(writer::cancel);
		// The headers are sent before the filters continue, because these may still
		// change them.
		response.flushBuffer();
		frames.publishOn(this.writers, 1).subscribe(writer);
	}

	private static DeferredResult<Object> start(WebAsyncManager async) throws ServletException {
		DeferredResult<Object> result = new DeferredResult<>(NO_TIMEOUT);
		try {
			async.startDeferredResultProcessing(result);
		}
		catch (Exception ex) {
			throw new ServletException("An endpoint of progress-sse was interrupted while it waited", ex);
		}
		return result;
	}

	/**
	 * Returns Spring's wrapper of the response, which refuses writes after the container
	 * has recycled the response.
	 */
	private static HttpServletResponse responseOf(WebAsyncManager async) {
		AsyncWebRequest request = async.getAsyncWebRequest();
		HttpServletResponse response = (request != null) ? request.getNativeResponse(HttpServletResponse.class) : null;
		if (response == null) {
			throw new IllegalStateException("An asynchronous request must have a response");
		}
		return response;
	}

}
