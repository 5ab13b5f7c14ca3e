package io.progress.sse.aop;

import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.Pointcut;
import org.springframework.aop.support.AbstractPointcutAdvisor;
import org.springframework.aop.support.ComposablePointcut;
import org.springframework.aop.support.annotation.AnnotationMethodMatcher;
import org.springframework.core.Ordered;

import io.progress.sse.TrackProgress;

/**
 * One of the four places at which a tracked call is intercepted. From the caller to the
 * target: <pre>
 * caller → SUBSCRIPTION → method security, validation → ADMISSION → @Async → EXECUTION
 *     → @Retryable → @Cacheable → @Transactional → ATTEMPT → target
 * </pre> A call that security or validation refuses does not become a job. Spring sorts
 * the advisors that are known when a proxy is created by {@linkplain #getOrder() order};
 * {@link AdvisorOrderPostProcessor} corrects the order of those that are added later.
 */
final class TrackProgressAdvisor extends AbstractPointcutAdvisor {

	private static final long serialVersionUID = 1L;

	private static final Pointcut TRACKED = new ComposablePointcut(TrackedClasses.INSTANCE,
			new AnnotationMethodMatcher(TrackProgress.class, true));

	private final transient Place place;

	private final transient MethodInterceptor advice;

	private TrackProgressAdvisor(Place place, MethodInterceptor advice) {
		this.place = place;
		this.advice = advice;
		setOrder(place.order);
	}

	/**
	 * Outermost: each subscription to a reactive call is a call, and a plain call that
	 * returns has not ended before method security and validation have accepted its
	 * result.
	 * @param calls the tracked methods
	 * @return the advisor
	 */
	public static TrackProgressAdvisor subscription(TrackedCalls calls) {
		return new TrackProgressAdvisor(Place.SUBSCRIPTION, new SubscriptionInterceptor(calls));
	}

	/**
	 * After the advice that may refuse the call, on the caller's thread: the job gets its
	 * id and is queued.
	 * @param calls opens calls
	 * @return the advisor
	 */
	public static TrackProgressAdvisor admission(TrackedCalls calls) {
		return new TrackProgressAdvisor(Place.ADMISSION, new AdmissionInterceptor(calls));
	}

	/**
	 * On the worker's thread: the job runs and ends.
	 * @return the advisor
	 */
	public static TrackProgressAdvisor execution() {
		return new TrackProgressAdvisor(Place.EXECUTION, new ExecutionInterceptor());
	}

	/**
	 * Innermost: each time the target is entered, an attempt begins.
	 * @param calls the tracked methods
	 * @return the advisor
	 */
	public static TrackProgressAdvisor attempt(TrackedCalls calls) {
		return new TrackProgressAdvisor(Place.ATTEMPT, new AttemptInterceptor(calls));
	}

	Place place() {
		return this.place;
	}

	@Override
	public Pointcut getPointcut() {
		return TRACKED;
	}

	@Override
	public MethodInterceptor getAdvice() {
		return this.advice;
	}

	/** The place of an advisor in the chain. */
	enum Place {

		/** Outermost. */
		SUBSCRIPTION(Ordered.HIGHEST_PRECEDENCE + 5),

		/** Inside method security and validation, outside everything else. */
		ADMISSION(Ordered.HIGHEST_PRECEDENCE + 10),

		/** Inside {@code @Async}, outside the rest. */
		EXECUTION(Ordered.HIGHEST_PRECEDENCE + 20),

		/** Innermost. */
		ATTEMPT(Ordered.LOWEST_PRECEDENCE);

		private final int order;

		Place(int order) {
			this.order = order;
		}

	}

}
