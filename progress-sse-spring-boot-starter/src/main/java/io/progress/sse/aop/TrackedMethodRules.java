package io.progress.sse.aop;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

import io.progress.sse.DuplicateJobs;
import io.progress.sse.JobSpec;
import io.progress.sse.support.BrokenRuleException;

/**
 * The rules for tracked methods. Each message names the rule and the remedy.
 */
final class TrackedMethodRules {

	private TrackedMethodRules() {
	}

	/**
	 * Checks that calls go through the proxy.
	 */
	static void checkReachable(Method method, Class<?> proxyClass) {
		int modifiers = method.getModifiers();
		refuse(method, Modifier.isPrivate(modifiers), "must not be private", "make it at least package-private");
		refuse(method, Modifier.isStatic(modifiers), "must not be static", "make it an instance method");
		refuse(method, Modifier.isFinal(modifiers), "must not be final", "a proxy cannot override it: remove 'final'");
		refuse(method, Proxy.isProxyClass(proxyClass) && !isDeclared(method, proxyClass),
				"must be declared by an interface of its bean, which has a JDK proxy",
				"declare it there, or set 'spring.aop.proxy-target-class' to true");
	}

	/**
	 * Checks the declaration of the method.
	 */
	static void check(TrackedMethod tracked, Class<?> targetClass) {
		Method method = tracked.method();
		Class<?> type = method.getReturnType();
		ReactiveAdapter reactive = tracked.reactive();
		boolean stage = CompletionStage.class.isAssignableFrom(type);
		checkName(tracked);
		refuse(method, tracked.reporterIndexes().size() > 1, "must not have two ProgressReporter parameters",
				"use one and split it");
		refuse(method, Future.class.isAssignableFrom(type) && !stage && !tracked.async(),
				"must not return a plain Future unless it is @Async",
				"nothing tells when it completes: return a CompletableFuture");
		UnfollowedResults.Refusal unfollowed = UnfollowedResults
			.refusal(ResolvableType.forMethodReturnType(method, targetClass));
		if (unfollowed != null) {
			throw broken(method, unfollowed.rule(), unfollowed.remedy());
		}
		refuse(method, tracked.async() && reactive != null, "must not be @Async and return a " + type.getSimpleName(),
				"remove @Async and use 'subscribeOn'");
		refuse(method, tracked.countsElements() && (reactive == null || !reactive.isMultiValue()),
				"must return several elements, such as a Flux, to have 'countElements'", "remove 'countElements'");
		refuse(method, tracked.annotation().duplicates() == DuplicateJobs.JOIN && !canJoin(tracked),
				"must be @Async and void to have 'duplicates = JOIN'",
				"there is no second result to return: use REJECT or REPLACE");
	}

	private static void checkName(TrackedMethod tracked) {
		try {
			JobSpec.named(tracked.name());
		}
		catch (IllegalArgumentException ex) {
			refuse(tracked.method(), true, "must have a valid name: " + ex.getMessage(), "give it one as 'value'");
		}
	}

	private static boolean canJoin(TrackedMethod tracked) {
		return tracked.async() && tracked.method().getReturnType() == void.class;
	}

	/**
	 * An interface may declare the method with type variables where the bean has concrete
	 * types.
	 */
	private static boolean isDeclared(Method method, Class<?> proxyClass) {
		return Stream.of(proxyClass.getInterfaces())
			.flatMap((type) -> Stream.of(type.getMethods()))
			.filter((declared) -> declared.getName().equals(method.getName()))
			.anyMatch(
					(declared) -> AopUtils.getMostSpecificMethod(declared, method.getDeclaringClass()).equals(method));
	}

	private static void refuse(Method method, boolean broken, String rule, String remedy) {
		if (broken) {
			throw broken(method, rule, remedy);
		}
	}

	private static BrokenRuleException broken(Method method, String rule, String remedy) {
		return new BrokenRuleException("@TrackProgress method '%s(%s)'"
			.formatted(ClassUtils.getQualifiedMethodName(method), parameters(method)), rule, remedy);
	}

	private static String parameters(Method method) {
		return String.join(", ", Stream.of(method.getParameterTypes()).map(Class::getSimpleName).toList());
	}

}
