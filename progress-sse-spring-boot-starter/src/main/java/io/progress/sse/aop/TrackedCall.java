package io.progress.sse.aop;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.ProxyMethodInvocation;

import io.progress.sse.CurrentProgress;
import io.progress.sse.ProgressReporter;
import io.progress.sse.Scope;

/**
 * One call of a tracked method. The advices hand it on as an attribute of the invocation,
 * which goes with the call to another thread and through retries. This base class does
 * nothing when the call begins or ends.
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
	 * Proceeds to advice that may refuse what the method returns: until that has spoken,
	 * no call ends with a plain result.
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
		// An aspect around us may call again: the call before was all right, then.
		settle(invocation, TrackedCall::accepted);
		invocation.setUserAttribute(ATTRIBUTE, this);
		if (invocation.getUserAttribute(JUDGED) != null) {
			this.judgement.set(Judgement.AWAITED);
		}
	}

	/** The method has returned a plain value. */
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
	 * The arguments for the advice on the way to the target.
	 */
	final @Nullable Object[] arguments(ProxyMethodInvocation invocation) {
		return this.method.with(new ReporterArgument(this.reporter), invocation.getArguments());
	}

	/**
	 * Proceeds with this call's reporter as the thread's current one.
	 */
	final @Nullable Object proceed(MethodInvocation invocation) throws Throwable {
		Scope scope = CurrentProgress.bind(this.reporter);
		try {
			return invocation.proceed();
		}
		finally {
			scope.close();
		}
	}

	/**
	 * Does what is left to be done of the call, in the same way.
	 */
	final @Nullable Object current(Callable<?> work) throws Exception {
		Scope scope = CurrentProgress.bind(this.reporter);
		try {
			return work.call();
		}
		finally {
			scope.close();
		}
	}

	/** The target is entered: from the second time on, that is a retry. */
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

	/** The work was cancelled. */
	void cancelled() {
	}

	/**
	 * Ends the call if its result becomes garbage before its work was taken up.
	 */
	void endIfDropped(Object result, AtomicBoolean taken) {
	}

	/** Nobody wants the result any more, but a worker may be on it. */
	void unwanted() {
	}

	/**
	 * What advice outside of the job says of a result.
	 *
	 * @param result the result that it is about, if it is due
	 */
	private record Judgement(@Nullable Object result) {

		/** Nobody judges, or no more. */
		static final Judgement NONE = new Judgement(null);

		/** There is no result yet. */
		static final Judgement AWAITED = new Judgement(null);

		@SuppressWarnings("ReferenceEquality")
		boolean isDue() {
			return this != NONE && this != AWAITED;
		}

	}

}
