package io.progress.sse;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes each call of a bean method a job whose progress can be watched. The method takes
 * a {@link ProgressReporter} parameter (callers pass {@link ProgressReporter#current()}),
 * or uses the injected bean of that type. The job is {@code done} when the method
 * returns, and {@code failed} when it throws.
 *
 * <p>
 * If the method returns before the work is over, the job ends when the work does:
 * <ul>
 * <li>a {@code Mono}, {@code Flux} or other reactive type: each subscription is a job,
 * from subscription to termination. A subscriber that cancels ends the job as cancelled,
 * even if it only had enough elements: so operators such as {@code take} and {@code next}
 * belong inside the method;</li>
 * <li>a {@code CompletionStage}: when it completes; with {@code @Async} also any other
 * {@code Future};</li>
 * <li>a {@code Callable} or Spring MVC's {@code StreamingResponseBody}: when it has
 * run;</li>
 * <li>one of these in a {@code ResponseEntity}, or as the value of a stage, a
 * {@code Callable} or a {@code Mono}: when the inner work ends. If it is never used, the
 * job fails with code {@code abandoned} once it is garbage-collected.</li>
 * </ul>
 * Types that do not tell when their work is over are refused when the application starts:
 * {@code Supplier}, {@code Stream}, {@code DeferredResult}, {@code WebAsyncTask},
 * {@code ResponseBodyEmitter}, a plain {@code Future} without {@code @Async}, and any of
 * all these hidden in another type, such as {@code Optional<Mono>}. A method that returns
 * {@code Object} is judged by each returned value; if the end of that value's work cannot
 * be observed, the job ends with the return, and this is logged once.
 *
 * <p>
 * A call that method security or validation refuses does not become a job.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface TrackProgress {

	/**
	 * What kind of job it is, the same for every run: a metric tag and the {@code job} of
	 * the events, with the characters that {@link JobSpec} names. <code>${…}</code> is
	 * resolved, as in the expressions below. Default: the simple class name, a dot, and
	 * the method's name.
	 * @return the name
	 */
	String value() default "";

	/**
	 * A SpEL expression for the job's id, over the arguments ({@code #order.id},
	 * {@code #a0}), {@code #root.method} and {@code @beans}. It is not evaluated when the
	 * request brought an id. Default: a random id.
	 * @return the expression
	 */
	String jobId() default "";

	/**
	 * A SpEL expression for the name of the job's owner. Default, also if its value is
	 * {@code null} or blank: the name of the caller's principal, if there is one.
	 * @return the expression
	 */
	String owner() default "";

	/**
	 * What a call inside another job becomes.
	 * @return the nesting
	 */
	Nesting nested() default Nesting.PHASE;

	/**
	 * What happens when the id belongs to a job already. {@link DuplicateJobs#JOIN} is
	 * for asynchronous methods that return nothing.
	 * @return the policy
	 */
	DuplicateJobs duplicates() default DuplicateJobs.REJECT;

	/**
	 * Whether what the method returns goes to viewers as the job's {@code result}; of a
	 * {@code ResponseEntity}, its body.
	 * @return {@code false} by default
	 */
	boolean exposeResult() default false;

	/**
	 * Whether each element of a returned {@code Flux} advances the job by one.
	 * @return {@code false} by default
	 */
	boolean countElements() default false;

}
