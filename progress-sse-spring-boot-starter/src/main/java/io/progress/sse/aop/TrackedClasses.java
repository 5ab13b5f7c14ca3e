package io.progress.sse.aop;

import java.lang.reflect.Method;
import java.util.Map;

import org.springframework.aop.ClassFilter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ConcurrentReferenceHashMap;
import org.springframework.util.ReflectionUtils;

import io.progress.sse.TrackProgress;

/**
 * Finds the classes with tracked methods. Spring asks for the class of every bean, once
 * for each advisor, and a search for the methods themselves is much slower; so this is
 * what keeps the start of an application short.
 */
final class TrackedClasses implements ClassFilter {

	/** For all applications of this class loader. */
	static final TrackedClasses INSTANCE = new TrackedClasses();

	/** Most beans are Spring's own; its sample applications are not. */
	private static final String SPRING = "org.springframework.";

	/** Weak, so that no class loader is kept. */
	private final Map<Class<?>, Boolean> known = new ConcurrentReferenceHashMap<>(256,
			ConcurrentReferenceHashMap.ReferenceType.WEAK);

	private TrackedClasses() {
	}

	/**
	 * Whether a class, a superclass or an interface declares a tracked method.
	 */
	@Override
	public boolean matches(Class<?> type) {
		Boolean match = this.known.get(type);
		if (match == null) {
			match = isTracked(type);
			this.known.put(type, match);
		}
		return match;
	}

	private boolean isTracked(Class<?> type) {
		String name = type.getName();
		if (name.startsWith("java.") || (name.startsWith(SPRING) && !name.startsWith(SPRING + "samples."))) {
			return false;
		}
		for (Method method : ReflectionUtils.getDeclaredMethods(type)) {
			if (AnnotatedElementUtils.isAnnotated(method, TrackProgress.class)) {
				return true;
			}
		}
		for (Class<?> each : type.getInterfaces()) {
			if (matches(each)) {
				return true;
			}
		}
		Class<?> parent = type.getSuperclass();
		return parent != null && matches(parent);
	}

}
