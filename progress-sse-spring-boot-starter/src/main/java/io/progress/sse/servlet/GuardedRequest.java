package io.progress.sse.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * A request whose guard is the first to hear of its end.
 */
final class GuardedRequest extends HttpServletRequestWrapper {

	private final ExchangeGuard guard;

	GuardedRequest(HttpServletRequest request, ExchangeGuard guard) {
		super(request);
		this.guard = guard;
	}

	@Override
	public AsyncContext startAsync() {
		AsyncContext context = super.startAsync();
		context.addListener(this.guard);
		return context;
	}

}
