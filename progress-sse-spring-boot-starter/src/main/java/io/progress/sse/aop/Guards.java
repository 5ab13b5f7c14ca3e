package io.progress.sse.aop;

import java.lang.reflect.Method;

import org.springframework.aop.Advisor;
import org.springframework.security.access.prepost.PostAuthorize;
import org.springframework.security.access.prepost.PostFilter;
import org.springframework.security.authorization.method.AuthorizationAdvisor;
import org.springframework.security.authorization.method.AuthorizeReturnObject;
import org.springframework.util.ClassUtils;
import org.springframework.validation.beanvalidation.MethodValidationInterceptor;

/**
 * Advice that may refuse a call before it begins: method security and method validation.
 */
final class Guards {

	private static final boolean SECURITY = ClassUtils.isPresent(
			"org.springframework.security.authorization.method.AuthorizationAdvisor", Guards.class.getClassLoader());

	/** For a native image, which would leave the methods out. */
	static final Class<?> RESULTS = Results.class;

	private Guards() {
	}

	static boolean contain(Advisor advisor) {
		return advisor.getAdvice() instanceof MethodValidationInterceptor
				|| (SECURITY && MethodSecurity.guards(advisor));
	}

	/**
	 * Loaded only if Spring Security is on the class path. Advice that checks results
	 * does not count, because a call has begun when it refuses. Such advice is recognised
	 * by the annotations that it matches.
	 */
	private static final class MethodSecurity {

		static boolean guards(Advisor advisor) {
			return advisor.getAdvice() instanceof AuthorizationAdvisor security && !looksAtResults(security);
		}

		private static boolean looksAtResults(AuthorizationAdvisor advisor) {
			for (Method method : Results.class.getDeclaredMethods()) {
				if (advisor.getPointcut().getMethodMatcher().matches(method, Results.class)) {
					return true;
				}
			}
			return false;
		}

	}

	/** One method for each annotation that checks results. */
	@SuppressWarnings("unused")
	private interface Results {

		@PostAuthorize("true")
		void authorized();

		@PostFilter("true")
		void filtered();

		@AuthorizeReturnObject
		Object returned();

	}

}
