package io.progress.sse.aop;

import java.lang.reflect.TypeVariable;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpEntity;
import org.springframework.util.ClassUtils;

/**
 * Result types that stand for later work but do not tell when it is over.
 */
final class UnfollowedResults {

	private static final Logger logger = LoggerFactory.getLogger(UnfollowedResults.class);

	private static final String ASYNC = "org.springframework.web.context.request.async.";

	private static final List<Kind> KINDS = Stream
		.of(Kind.of("java.util.function.Supplier", "return a Callable, or what it supplies"),
				Kind.of("java.util.stream.BaseStream", "return a Flux, or a collection"),
				Kind.of(ASYNC + "DeferredResult", "return a CompletableFuture, which Spring MVC takes as well"),
				Kind.of(ASYNC + "WebAsyncTask", "return a Callable, or a CompletableFuture"),
				Kind.of("org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter",
						"return a Flux of ServerSentEvent, or annotate the method that does the work"))
		.filter(Objects::nonNull)
		.toList();

	private UnfollowedResults() {
	}

	/**
	 * Returns why a method must not return a type.
	 * @return the refusal; {@code null} if it may
	 */
	static @Nullable Refusal refusal(ResolvableType returned) {
		Class<?> type = returned.toClass();
		Kind kind = kind(type);
		if (kind != null) {
			return new Refusal("must not return a %s, because it does not tell when its work is over"
				.formatted(type.getSimpleName()), kind.remedy());
		}
		if (isFollowedInside(type)) {
			return refusal(returned.getGeneric());
		}
		Class<?> hidden = hidden(returned);
		return (hidden == null) ? null
				: new Refusal(
						"must not wrap a %s in a %s, because it does not tell when its work is over"
							.formatted(hidden.getSimpleName(), type.getSimpleName()),
						"return the %s itself".formatted(hidden.getSimpleName()));
	}

	/**
	 * Warns that a job ends before its work, if only the returned value shows this.
	 */
	static void tell(TrackedMethod method, @Nullable Object result) {
		Kind kind = (result != null) ? kind(result.getClass()) : null;
		if (kind != null && method.told().compareAndSet(false, true)) {
			logger.warn(
					"@TrackProgress method '{}' returned a {}, which does not tell when its work is over, so its job "
							+ "ended with its return; {}. This is logged once",
					method, ClassUtils.getShortName(kind.type()), kind.remedy());
		}
	}

	private static boolean isFollowedInside(Class<?> type) {
		ReactiveAdapter adapter = adapter(type);
		return (adapter != null && !adapter.isMultiValue()) || Future.class.isAssignableFrom(type)
				|| type == Callable.class || HttpEntity.class.isAssignableFrom(type);
	}

	/** A type variable may refer to itself. */
	private static @Nullable Class<?> hidden(ResolvableType outer) {
		if (outer.equals(ResolvableType.NONE) || outer.getType() instanceof TypeVariable) {
			return null;
		}
		return Stream.concat(Stream.of(outer.getComponentType()), Stream.of(outer.getGenerics()))
			.map((inner) -> isWorkToCome(inner.toClass()) ? inner.toClass() : hidden(inner))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	private static boolean isWorkToCome(Class<?> type) {
		return kind(type) != null || adapter(type) != null || Future.class.isAssignableFrom(type)
				|| type == Callable.class;
	}

	private static @Nullable ReactiveAdapter adapter(Class<?> type) {
		return ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
	}

	private static @Nullable Kind kind(Class<?> type) {
		return KINDS.stream().filter((kind) -> kind.type().isAssignableFrom(type)).findFirst().orElse(null);
	}

	/**
	 * Why a method must not return a type.
	 *
	 * @param rule the rule
	 * @param remedy what to return instead
	 */
	record Refusal(String rule, String remedy) {

	}

	/**
	 * One such type.
	 *
	 * @param type the type
	 * @param remedy what to return instead
	 */
	private record Kind(Class<?> type, String remedy) {

		static @Nullable Kind of(String type, String remedy) {
			ClassLoader loader = UnfollowedResults.class.getClassLoader();
			return ClassUtils.isPresent(type, loader) ? new Kind(ClassUtils.resolveClassName(type, loader), remedy)
					: null;
		}

	}

}
