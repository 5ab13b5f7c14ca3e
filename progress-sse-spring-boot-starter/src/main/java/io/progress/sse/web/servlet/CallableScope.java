package io.progress.sse.web.servlet;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.CallableProcessingInterceptor;

import io.progress.sse.RequestContext;
import io.progress.sse.Scope;

/**
 * Makes a request current on the thread that runs the {@link Callable} of a controller.
 */
final class CallableScope implements CallableProcessingInterceptor {

	private final RequestContext jobRequest;

	/** Used only on the thread that runs the callable. */
	private @Nullable Scope scope;

	CallableScope(RequestContext jobRequest) {
		this.jobRequest = jobRequest;
	}

	@Override
	public <T> void preProcess(NativeWebRequest request, Callable<T> task) {
		this.scope = this.jobRequest.activate();
	}

	@Override
	public <T> void postProcess(NativeWebRequest request, Callable<T> task, @Nullable Object result) {
		if (this.scope != null) {
			this.scope.close();
		}
	}

}
