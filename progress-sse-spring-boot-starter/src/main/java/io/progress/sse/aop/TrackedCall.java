package io.progress.sse.aop;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

import org.springframework.aop.ProxyMethodInvocation;

import io.progress.sse.CurrentProgress;
import io.progress.sse.ProgressReporter;
import io.progress.sse.Scope;

/**
 * One call of a tracked method. The interceptors pass it on as an attribute of the
 * invocation, which stays with the call on other threads and through retries. This base
 * class does nothing when the call begins or ends.
 */
class TrackedCall {

	private static final String ATTRIBUTE = TrackedCall.class.getName();

	private static final String JUDGED = TrackedCall.class.getName() + ".judged";

	private final AtomicInteger attempts = new AtomicInteger();

	private final AtomicReference<Judgement> judgement = new AtomicReference<>(Judgement.NONE);

	private final TrackedMethod method;

	private final ProgressReporter reporter;

	TrackedCall(TrackedMethod method, ProgressReporter reporter) {
		this.method = method;
		this.reporter = reporter;
	}

	static @Nullable TrackedCall of(ProxyMethodInvocation invocation) {
		return (TrackedCall) invocation.getUserAttribute(ATTRIBUTE);
	}

	/**
	 * Proceeds to advice that may refuse the returned value. Until it has finished, no
	 * call ends with a plain result.
	 */
	static @Nullable Object judged(ProxyMethodInvocation invocation) throws Throwable {
		invocation.setUserAttribute(JUDGED, true);
		try {
			Object result = invocation.proceed();
			settle(invocation, TrackedCall::accepted);
			return result;
		}
		catch (Throwable ex) {
			settle(invocation, (call) -> call.refused(ex));
			throw ex;
		}
	}

	private static void settle(ProxyMethodInvocation invocation, Consumer<TrackedCall> verdict) {
		TrackedCall call = of(invocation);
		if (call != null) {
			verdict.accept(call);
		}
	}

	final void handOn(ProxyMethodInvocation invocation) {
		// An outer aspect may call again; then the previous call was accepted.
		settle(invocation, TrackedCall::accepted);
		invocation.setUserAttribute(ATTRIBUTE, this);
		if (invocation.getUserAttribute(JUDGED) != null) {
			this.judgement.set(Judgement.AWAITED);
		}
	}

	/** Called when the method has returned a plain value. */
	final void returned(@Nullable Object result) {
		if (!this.judgement.compareAndSet(Judgement.AWAITED, new Judgement(result))) {
			done(result);
		}
	}

	private void accepted() {
		Judgement before = this.judgement.getAndSet(Judgement.NONE);
		if (before.isDue()) {
			done(before.result());
		}
	}

	private void refused(Throwable error) {
		if (this.judgement.getAndSet(Judgement.NONE).isDue()) {
			fail(error);
		}
	}

	final TrackedMethod method() {
		return this.method;
	}

	final ProgressReporter reporter() {
		return this.reporter;
	}

	/**
	 * Returns the arguments for the advice between here and the target.
	 */
	final @Nullable Object[] arguments(ProxyMethodInvocation invocation) {
		return this.method.with(new ReporterArgument(this.reporter), invocation.getArguments());
	}

	/**
	 * Proceeds with this call's reporter as the current one of the thread.
	 */
	final @Nullable Object proceed(MethodInvocation invocation) throws Throwable {
		Scope scope = activate();
		try {
			return invocation.proceed();
		}
		finally {
			scope.close();
		}
	}

	/**
	 * Runs the rest of the call with this call's reporter as the current one.
	 */
	final @Nullable Object current(Callable<?> work) throws Exception {
		Scope scope = activate();
		try {
			return work.call();
		}
		finally {
			scope.close();
		}
	}

	/**
	 * Makes this the call that this thread works on.
	 */
	Scope activate() {
		return CurrentProgress.bind(this.reporter);
	}

	/**
	 * Makes this the call that reactive work belongs to.
	 */
	Context addTo(Context context) {
		return context.put(CurrentProgress.KEY, this.reporter);
	}

	/** Called when the target is entered; from the second time on this is a retry. */
	final void attempt() {
		if (this.attempts.incrementAndGet() > 1) {
			retry();
		}
	}

	void begin() {
	}

	void retry() {
	}

	void done(@Nullable Object result) {
	}

	void fail(Throwable error) {
	}

	/** Called when the work was cancelled. */
	void cancelled() {
	}

	/**
	 * Ends the call if its result becomes garbage before its work has begun.
	 */
	void endIfDropped(Object result, AtomicBoolean taken) {
	}

	/** Called when the caller has cancelled the result; a worker may still run. */
	void unwanted() {
	}

	/**
	 * The decision of outer advice about a result.
	 *
	 * @param result the result that waits for the decision, if any
	 */
	private record Judgement(@Nullable Object result) {

		/** There is no outer advice, or it has finished. */
		static final Judgement NONE = new Judgement(null);

		/** Outer advice is running, and there is no result yet. */
		static final Judgement AWAITED = new Judgement(null);

		@SuppressWarnings("ReferenceEquality")
		boolean isDue() {
			return this != NONE && this != AWAITED;
		}

	}

}
