package io.progress.sse.web.servlet;

import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/**
 * Matches if Spring MVC is mapped to the root path, so that it gets all requests.
 */
final class MvcAtRoot implements Condition {

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		return ClassUtils.isPresent("org.springframework.web.servlet.DispatcherServlet", context.getClassLoader())
				&& context.getEnvironment().getProperty("spring.mvc.servlet.path", "/").equals("/");
	}

	/** Matches if Spring MVC is not mapped to the root path. */
	static final class Not extends NoneNestedConditions {

		Not() {
			super(ConfigurationPhase.PARSE_CONFIGURATION);
		}

		@Conditional(MvcAtRoot.class)
		static class AtRoot {

		}

	}

}
