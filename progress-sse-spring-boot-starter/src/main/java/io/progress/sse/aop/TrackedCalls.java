package io.progress.sse.aop;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import io.progress.sse.CurrentProgress;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;
import io.progress.sse.RequestContext;
import io.progress.sse.event.JobId;

/**
 * Opens calls of tracked methods: admits their jobs, or makes them parts of the enclosing
 * job.
 */
final class TrackedCalls {

	private final DroppedResults dropped = new DroppedResults();

	private final TrackedMethods methods;

	private final Supplier<ProgressTracker> tracker;

	/**
	 * Creates the object that opens calls.
	 * @param methods the tracked methods
	 * @param tracker gives the tracker; called at the first tracked call, because
	 * advisors are created before other beans
	 */
	TrackedCalls(TrackedMethods methods, Supplier<ProgressTracker> tracker) {
		this.methods = methods;
		this.tracker = tracker;
	}

	TrackedMethod method(ProxyMethodInvocation invocation) {
		return this.methods.of(invocation);
	}

	/**
	 * Opens a call on this thread.
	 * @return the call; {@code null} if it joins a job that runs already
	 */
	@Nullable TrackedCall open(TrackedMethod method, ProxyMethodInvocation invocation) {
		EnclosingJob around = EnclosingJob.of(method, invocation, CurrentProgress.reporter());
		TrackedCall inner = around.inner(method);
		if (inner != null) {
			return inner;
		}
		ProgressJob job = this.tracker.get()
			.openOrJoin(spec(method, invocation, around, RequestContext.current()))
			.orElse(null);
		if (job == null) {
			return null;
		}
		around.announce(job);
		return new JobCall(method, job, method.async() ? OuterTransaction.NONE : OuterTransaction.committed(),
				this.dropped);
	}

	/**
	 * Opens a call without blocking.
	 * @param context the Reactor context of the subscriber
	 */
	Mono<TrackedCall> admit(TrackedMethod method, ProxyMethodInvocation invocation, ContextView context) {
		ProgressReporter current = context.<ProgressReporter>getOrEmpty(CurrentProgress.KEY)
			.orElseGet(CurrentProgress::reporter);
		EnclosingJob around = EnclosingJob.of(method, invocation, current);
		TrackedCall inner = around.inner(method);
		if (inner != null) {
			return Mono.just(inner);
		}
		RequestContext request = context.<RequestContext>getOrEmpty(RequestContext.class)
			.orElseGet(RequestContext::current);
		return this.tracker.get().admit(spec(method, invocation, around, request)).map((job) -> {
			around.announce(job);
			return new JobCall(method, job, OuterTransaction.NONE, this.dropped);
		});
	}

	private static JobSpec spec(TrackedMethod method, ProxyMethodInvocation invocation, EnclosingJob around,
			@Nullable RequestContext request) {
		JobId parent = around.jobId();
		JobId requested = (request != null && parent == null) ? request.takeId() : null;
		JobSpec spec = JobSpec.named(method.name())
			.withId((requested != null) ? requested : id(method, invocation))
			.withParent(parent)
			.onDuplicate(method.annotation().duplicates());
		String owner = evaluate(method.owner(), invocation);
		return (owner != null) ? spec.withOwner(owner) : spec;
	}

	private static @Nullable JobId id(TrackedMethod method, ProxyMethodInvocation invocation) {
		String id = evaluate(method.id(), invocation);
		try {
			return (id != null) ? JobId.of(id) : null;
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("@TrackProgress method '" + method + "': " + ex.getMessage(), ex);
		}
	}

	private static @Nullable String evaluate(@Nullable CallExpression expression, ProxyMethodInvocation invocation) {
		return (expression != null) ? expression.evaluate(invocation.getThis(), invocation.getArguments()) : null;
	}

}
