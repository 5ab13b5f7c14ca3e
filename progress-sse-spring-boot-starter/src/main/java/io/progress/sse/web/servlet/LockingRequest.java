package io.progress.sse.web.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * A request whose lock is told first when the request ends.
 */
final class LockingRequest extends HttpServletRequestWrapper {

	private final ResponseLock guard;

	LockingRequest(HttpServletRequest request, ResponseLock guard) {
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
