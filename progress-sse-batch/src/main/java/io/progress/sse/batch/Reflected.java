package io.progress.sse.batch;

import java.lang.reflect.Field;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.ReflectionUtils;

/**
 * Reads fields of Spring Batch that have no public getter. A later version may not have
 * them any more; then the answer is {@code null}, and viewers see less.
 */
final class Reflected {

	private static final Logger logger = LoggerFactory.getLogger(Reflected.class);

	private Reflected() {
	}

	static <T> @Nullable T field(Object owner, Class<?> declaring, String name, Class<T> type) {
		try {
			Field field = ReflectionUtils.findField(declaring, name);
			if (field == null) {
				return null;
			}
			field.setAccessible(true);
			Object value = field.get(owner);
			return type.isInstance(value) ? type.cast(value) : null;
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			logger.debug("Field '{}' of {} cannot be read", name, declaring.getName(), ex);
			return null;
		}
	}

}
