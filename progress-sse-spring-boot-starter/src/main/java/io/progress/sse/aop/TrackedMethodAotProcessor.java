package io.progress.sse.aop;

import java.lang.reflect.Method;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.StringUtils;

import io.progress.sse.TrackProgress;

/**
 * Keeps the properties of arguments in a native image where an expression of
 * {@link TrackProgress} may read them.
 */
final class TrackedMethodAotProcessor implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean registeredBean) {
		MetadataLookup<Boolean> expressions = (method) -> hasExpression(method) ? true : null;
		Set<Method> methods = MethodIntrospector.selectMethods(registeredBean.getBeanClass(), expressions).keySet();
		return methods.isEmpty() ? null : (context, code) -> keepArguments(methods, context, code);
	}

	private static boolean hasExpression(Method method) {
		TrackProgress annotation = AnnotatedElementUtils.findMergedAnnotation(method, TrackProgress.class);
		return annotation != null
				&& (StringUtils.hasText(annotation.jobId()) || StringUtils.hasText(annotation.owner()));
	}

	@SuppressWarnings("unused")
	private static void keepArguments(Set<Method> methods, GenerationContext context, BeanRegistrationCode code) {
		for (Method method : methods) {
			new BindingReflectionHintsRegistrar().registerReflectionHints(context.getRuntimeHints().reflection(),
					method.getGenericParameterTypes());
		}
	}

}
