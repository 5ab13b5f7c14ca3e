package io.progress.sse.web.controller;

import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.method.annotation.ExceptionHandlerMethodResolver;

import io.progress.sse.DuplicateJobException;

/**
 * Finds out whether the application has its own {@code @ExceptionHandler} for ids that
 * are taken. A handler for all exceptions does not count, because it is meant for
 * unexpected errors.
 */
public final class NamedExceptions {

	private final Supplier<Boolean> byAdvice;

	/**
	 * Creates the check.
	 * @param beans contains the application's advices
	 * @param own type of our own advice, which does not count
	 */
	public NamedExceptions(ListableBeanFactory beans, Class<?> own) {
		this.byAdvice = SingletonSupplier.of(() -> List.of(beans.getBeanNamesForAnnotation(ControllerAdvice.class))
			.stream()
			.map(beans::getType)
			.filter((type) -> type != own)
			.anyMatch(NamedExceptions::isNamedBy));
	}

	/**
	 * Whether an advice has such a handler.
	 * @return {@code true} if so
	 */
	public boolean byAdvice() {
		return this.byAdvice.get();
	}

	/**
	 * Whether a type has such a handler.
	 * @param type the type of a controller or of an advice; {@code null} if it is not
	 * known
	 * @return {@code true} if so
	 */
	public static boolean isNamedBy(@Nullable Class<?> type) {
		if (type == null) {
			return false;
		}
		ExceptionHandlerMethodResolver handlers = new ExceptionHandlerMethodResolver(type);
		Method named = handlers.resolveMethodByExceptionType(DuplicateJobException.class);
		return named != null && !named.equals(handlers.resolveMethodByExceptionType(RuntimeException.class));
	}

}
