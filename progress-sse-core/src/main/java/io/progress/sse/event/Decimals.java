package io.progress.sse.event;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Decimal fractions in plain JSON values. A JSON parser should return
 * {@code BigDecimal}s, which lose no digit, and narrow them afterwards, so that
 * {@code 0.5} becomes the same {@code Double} after each way through a store.
 */
public final class Decimals {

	private Decimals() {
	}

	/**
	 * Replaces decimals by {@code Double}s if these are written with the same digits.
	 * @param value a plain JSON value whose maps and lists can be changed
	 * @return the value, with the same maps and lists
	 */
	public static @Nullable Object narrow(@Nullable Object value) {
		if (value instanceof BigDecimal decimal) {
			return narrow(decimal);
		}
		if (value instanceof Map<?, ?> map) {
			narrow(map);
		}
		else if (value instanceof List<?> list) {
			narrow(list);
		}
		return value;
	}

	private static Number narrow(BigDecimal decimal) {
		double narrow = decimal.doubleValue();
		boolean exact = Double.isFinite(narrow) && decimal.toString().equals(BigDecimal.valueOf(narrow).toString());
		return exact ? (Number) narrow : decimal;
	}

	@SuppressWarnings("unchecked")
	private static void narrow(Map<?, ?> map) {
		((Map<String, @Nullable Object>) map).replaceAll((key, value) -> narrow(value));
	}

	@SuppressWarnings("unchecked")
	private static void narrow(List<?> list) {
		((List<@Nullable Object>) list).replaceAll(Decimals::narrow);
	}

}
