package io.progress.sse;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes each call of a bean method a job whose progress can be watched. The method takes
 * a {@link ProgressReporter} parameter (callers pass {@link ProgressReporter#current()}),
 * or uses the injected bean of that type. Its return is {@code done}, its exception
 * {@code failed}.
 *
 * <p>
 * Where the return is not the end of the work, the job ends when the work does:
 * <ul>
 * <li>a {@code Mono}, {@code Flux} or other reactive type: each subscription is a job,
 * from subscription to termination. A subscriber that cancels ends it as cancelled, be it
 * because it had enough: what {@code take} and {@code next} do belongs inside the
 * method;</li>
 * <li>a {@code CompletionStage}: when it completes; with {@code @Async} also any other
 * {@code Future};</li>
 * <li>a {@code Callable} or Spring MVC's {@code StreamingResponseBody}: when it has
 * run;</li>
 * <li>one of these in a {@code ResponseEntity}, or as the value of a stage, a
 * {@code Callable} or a {@code Mono}: when that one ends. If nobody takes it up, the job
 * fails with code {@code abandoned} once it is garbage.</li>
 * </ul>
 * What does not tell when its work is over is refused when the application starts:
 * {@code Supplier}, {@code Stream}, {@code DeferredResult}, {@code WebAsyncTask},
 * {@code ResponseBodyEmitter}, a plain {@code Future} without {@code @Async}, and any of
 * all these hidden in another type, such as {@code Optional<Mono>}. A method that returns
 * {@code Object} is judged by each value; where that cannot be followed the job ends with
 * the return, and the log says so once.
 *
 * <p>
 * What method security or validation refuses is no job.
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
	 * {@code #a0}), {@code #root.method} and {@code @beans}. It is not asked when the
	 * request brought an id. Default: a random id.
	 * @return the expression
	 */
	String jobId() default "";

	/**
	 * A SpEL expression for the name of the job's owner. Default, also where it gives
	 * {@code null} or a blank name: the name of the caller's principal, if there is one.
	 * @return the expression
	 */
	String owner() default "";

	/**
	 * What a call inside another job is.
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
	 * @return {@code false} unless said otherwise
	 */
	boolean exposeResult() default false;

	/**
	 * Whether each element of a returned {@code Flux} advances the job by one.
	 * @return {@code false} unless said otherwise
	 */
	boolean countElements() default false;

}
