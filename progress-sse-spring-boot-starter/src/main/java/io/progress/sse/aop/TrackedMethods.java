package io.progress.sse.aop;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.Advisor;
import org.springframework.aop.PointcutAdvisor;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.interceptor.AsyncExecutionInterceptor;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.SingletonBeanRegistry;
import org.springframework.core.MethodClassKey;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

import io.progress.sse.TrackProgress;
import io.progress.sse.support.BrokenRuleException;

/**
 * The tracked methods of the application. Each is inspected once.
 */
final class TrackedMethods {

	private final Map<MethodClassKey, TrackedMethod> methods = new ConcurrentHashMap<>();

	private final BeanFactory beanFactory;

	/**
	 * Creates an empty collection.
	 * @param beanFactory resolves {@code @beans} in expressions
	 */
	TrackedMethods(BeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Checks the tracked methods of a bean.
	 * @param proxy a proxy with our advisors
	 * @param proxyClass its class
	 * @throws BrokenRuleException if a tracked method of its target breaks a rule
	 */
	void check(Advised proxy, Class<?> proxyClass) {
		Class<?> targetClass = AopUtils.getTargetClass(proxy);
		MethodIntrospector.selectMethods(targetClass, TrackedMethods::annotation).forEach((method, annotation) -> {
			TrackedMethodRules.checkReachable(method, proxyClass);
			of(method, targetClass, proxy);
		});
	}

	/**
	 * Refuses a bean whose annotated methods would not be tracked.
	 * @param why the reason
	 * @param remedy what to do
	 */
	void refuseUntracked(Object bean, String beanName, String why, String remedy) {
		Class<?> type = AopUtils.getTargetClass(bean);
		if (bean instanceof AopInfrastructureBean || !TrackedClasses.INSTANCE.matches(type)) {
			return;
		}
		MethodIntrospector.selectMethods(type, TrackedMethods::annotation)
			.keySet()
			.stream()
			.findFirst()
			.ifPresent((method) -> {
				throw new BrokenRuleException("@TrackProgress method '%s' of bean '%s'".formatted(
						ClassUtils.getQualifiedMethodName(method), beanName), "cannot be tracked: " + why, remedy);
			});
	}

	/**
	 * Checks all existing singletons.
	 */
	void forEachSingleton(BiConsumer<String, Object> action) {
		if (this.beanFactory instanceof SingletonBeanRegistry singletons) {
			for (String name : singletons.getSingletonNames()) {
				Object bean = singletons.getSingleton(name);
				if (bean != null) {
					action.accept(name, bean);
				}
			}
		}
	}

	TrackedMethod of(ProxyMethodInvocation invocation) {
		Object target = invocation.getThis();
		Class<?> targetClass = (target != null) ? AopUtils.getTargetClass(target)
				: invocation.getMethod().getDeclaringClass();
		return of(invocation.getMethod(), targetClass, invocation.getProxy());
	}

	private TrackedMethod of(Method method, Class<?> targetClass, Object proxy) {
		return this.methods.computeIfAbsent(new MethodClassKey(method, targetClass), (key) -> {
			Method specific = AopUtils.getMostSpecificMethod(method, targetClass);
			TrackProgress annotation = annotation(specific);
			if (annotation == null) {
				throw new IllegalStateException("'" + method + "' must be annotated with @TrackProgress, but is not");
			}
			return TrackedMethod.of(specific, targetClass, annotation, isAsync(specific, targetClass, proxy),
					this.beanFactory);
		});
	}

	private static @Nullable TrackProgress annotation(Method method) {
		return AnnotatedElementUtils.findMergedAnnotation(method, TrackProgress.class);
	}

	private static boolean isAsync(Method method, Class<?> targetClass, Object proxy) {
		Advisor[] advisors = (proxy instanceof Advised advised) ? advised.getAdvisors() : new Advisor[0];
		for (Advisor advisor : advisors) {
			if (advisor.getAdvice() instanceof AsyncExecutionInterceptor && advisor instanceof PointcutAdvisor async
					&& async.getPointcut().getMethodMatcher().matches(method, targetClass)) {
				return true;
			}
		}
		return false;
	}

}
