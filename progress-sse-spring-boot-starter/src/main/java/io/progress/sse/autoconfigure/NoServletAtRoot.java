package io.progress.sse.autoconfigure;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/**
 * Neither Spring MVC nor the container's own servlet is mapped to {@code /}.
 */
final class NoServletAtRoot implements Condition {

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Environment environment = context.getEnvironment();
		boolean mvc = ClassUtils.isPresent("org.springframework.web.servlet.DispatcherServlet",
				context.getClassLoader()) && environment.getProperty("spring.mvc.servlet.path", "/").equals("/");
		return !mvc && !environment.getProperty("server.servlet.register-default-servlet", Boolean.class, false);
	}

}
