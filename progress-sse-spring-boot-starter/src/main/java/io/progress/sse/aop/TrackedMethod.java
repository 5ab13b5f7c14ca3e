package io.progress.sse.aop;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

import io.progress.sse.ProgressReporter;
import io.progress.sse.TrackProgress;

/**
 * A tracked method, with everything that is known from its declaration.
 *
 * @param method the method of the target
 * @param name what kind of job a call is
 * @param annotation the annotation
 * @param async whether it runs on another thread than its caller
 * @param reactive adapts its reactive result; {@code null} if the result is not reactive
 * @param id computes the job's id; {@code null} for a random one
 * @param owner computes the job's owner; {@code null} for the caller
 * @param told whether it was logged that a result cannot be observed
 */
record TrackedMethod(Method method, String name, TrackProgress annotation, boolean async,
		@Nullable ReactiveAdapter reactive, @Nullable CallExpression id, @Nullable CallExpression owner,
		AtomicBoolean told) {

	static TrackedMethod of(Method method, Class<?> targetClass, TrackProgress annotation, boolean async,
			BeanFactory beanFactory) {
		String name = StringUtils.hasText(annotation.value())
				? Placeholders.resolve(annotation.value(), method, beanFactory)
				: ClassUtils.getUserClass(targetClass).getSimpleName() + "." + method.getName();
		TrackedMethod tracked = new TrackedMethod(method, name, annotation, async, adapter(method),
				CallExpression.parse("jobId", annotation.jobId(), method, beanFactory),
				CallExpression.parse("owner", annotation.owner(), method, beanFactory), new AtomicBoolean());
		TrackedMethodRules.check(tracked, targetClass);
		return tracked;
	}

	private static @Nullable ReactiveAdapter adapter(Method method) {
		Class<?> type = new MethodParameter(method, -1).getParameterType();
		ReactiveAdapter adapter = CompletionStage.class.isAssignableFrom(type) ? null
				: ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
		if (adapter == null && KotlinDetector.isSuspendingFunction(method)) {
			return ReactiveAdapterRegistry.getSharedInstance().getAdapter(reactor.core.publisher.Mono.class);
		}
		return adapter;
	}

	boolean countsElements() {
		return this.annotation.countElements();
	}

	/**
	 * Returns the position of the reporter parameter.
	 * @return the index of the parameter; -1 if there is none
	 */
	int reporterIndex() {
		List<Integer> indexes = reporterIndexes();
		return indexes.isEmpty() ? -1 : indexes.get(0);
	}

	List<Integer> reporterIndexes() {
		Class<?>[] types = this.method.getParameterTypes();
		return IntStream.range(0, types.length).filter((i) -> types[i] == ProgressReporter.class).boxed().toList();
	}

	/**
	 * Returns the reporter that the caller passed.
	 */
	@Nullable ProgressReporter reporter(@Nullable Object[] arguments) {
		int index = reporterIndex();
		return (index < 0) ? null : ReporterArgument.resolve(arguments[index]);
	}

	/**
	 * Returns the arguments with another reporter.
	 */
	@Nullable Object[] with(ProgressReporter reporter, @Nullable Object[] arguments) {
		int index = reporterIndex();
		if (index < 0) {
			return arguments;
		}
		@Nullable Object[] changed = arguments.clone();
		changed[index] = reporter;
		return changed;
	}

	@Override
	public String toString() {
		return ClassUtils.getQualifiedMethodName(this.method);
	}

}
