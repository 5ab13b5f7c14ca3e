package io.progress.sse.redis.connection;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts by kind.
 *
 * @param <E> the kinds
 */
public final class EnumCounters<E extends Enum<E>> {

	private final Map<E, LongAdder> counts = new LinkedHashMap<>();

	/**
	 * Creates counters, all zero.
	 * @param type the kinds
	 */
	public EnumCounters(Class<E> type) {
		for (E kind : type.getEnumConstants()) {
			this.counts.put(kind, new LongAdder());
		}
	}

	public void count(E kind) {
		LongAdder count = this.counts.get(kind);
		if (count != null) {
			count.increment();
		}
	}

	/**
	 * Returns the current counts.
	 * @return all kinds, in lower case, in their order
	 */
	public Map<String, Long> toMap() {
		Map<String, Long> map = new LinkedHashMap<>();
		this.counts.forEach((kind, count) -> map.put(kind.name().toLowerCase(Locale.ROOT), count.sum()));
		return map;
	}

}
