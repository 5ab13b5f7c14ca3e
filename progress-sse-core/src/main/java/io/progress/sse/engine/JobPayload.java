package io.progress.sse.engine;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.progress.sse.ProgressDataMapper;
import io.progress.sse.support.ForeignCode;
import io.progress.sse.support.Texts;

/**
 * The values that a worker attached to its job: data for the events, and parts of the
 * result. Used under the job's lock, except for {@link #prepare}.
 */
final class JobPayload {

	private static final Logger logger = LoggerFactory.getLogger(JobPayload.class);

	private static final String REFUSED = "refused";

	private static final int MAX_REFUSED = 20;

	private static final int MAX_REFUSED_LENGTH = 64;

	private final ProgressDataMapper mapper;

	private final String job;

	private final JsonObjectValue data = new JsonObjectValue();

	private final JsonObjectValue result = new JsonObjectValue();

	private final Set<String> refused = new TreeSet<>();

	private @Nullable DefaultBatchProgress batch;

	JobPayload(ProgressDataMapper mapper, String job) {
		this.mapper = mapper;
		this.job = job;
	}

	/**
	 * Converts a value to plain JSON. Calls application code, so it is not called under a
	 * lock.
	 */
	Fact prepare(@Nullable String key, @Nullable Object value) {
		String name = Texts.line(key);
		try {
			return new Fact(name, JsonValue.of(this.mapper.toPlain(value)), "");
		}
		catch (Throwable ex) {
			return new Fact(name, null, ForeignCode.ask(ex::toString, ex.getClass().getName(), (worse) -> {
			}));
		}
	}

	void data(Fact fact) {
		put(this.data, fact);
	}

	void result(Fact fact) {
		put(this.result, fact);
	}

	/**
	 * The share of the progress since the last call that was real work, not skipped
	 * items; 1 without a batch.
	 */
	double worked() {
		return (this.batch != null) ? this.batch.worked() : 1;
	}

	void batch(@Nullable DefaultBatchProgress batch) {
		this.batch = batch;
	}

	/**
	 * Returns the data of the next event.
	 */
	Map<String, @Nullable Object> snapshot() {
		if (this.data.isEmpty() && this.refused.isEmpty() && this.batch == null) {
			return Map.of();
		}
		Map<String, @Nullable Object> snapshot = this.data.toMap();
		if (this.batch != null) {
			snapshot.putAll(this.batch.data());
		}
		if (!this.refused.isEmpty()) {
			snapshot.put(REFUSED, List.copyOf(this.refused));
		}
		return snapshot;
	}

	/**
	 * Returns the result: what the work returned, joined with the reported values if both
	 * are objects. On equal keys the reported value wins.
	 */
	@Nullable Object outcome(Fact returned) {
		JsonValue value = returned.value();
		if (value != null && this.result.isEmpty()) {
			return value.value();
		}
		if (value == null || (value.value() != null && !join(value))) {
			refuse(returned);
		}
		return this.result.isEmpty() ? null : this.result.toMap();
	}

	private boolean join(JsonValue returned) {
		if (!(returned.value() instanceof Map<?, ?> map)) {
			return this.result.contains("value") || this.result.put("value", returned);
		}
		boolean all = true;
		for (Map.Entry<?, ?> part : map.entrySet()) {
			String key = String.valueOf(part.getKey());
			all &= this.result.contains(key) || this.result.put(key, JsonValue.of(part.getValue()));
		}
		return all;
	}

	private void put(JsonObjectValue facts, Fact fact) {
		if (fact.value() == null || !facts.put(fact.key(), fact.value())) {
			refuse(fact);
		}
	}

	private void refuse(Fact fact) {
		String name = Texts.line(fact.key(), MAX_REFUSED_LENGTH);
		if (this.refused.size() < MAX_REFUSED && this.refused.add(name)) {
			logger.warn("Value '{}' of a job '{}' was refused: {}", Texts.logged(name), this.job, (fact.value() != null)
					? "with it there would be more than " + JsonValue.MAX_SIZE + " bytes" : Texts.logged(fact.why()));
		}
	}

	/**
	 * A value as plain JSON.
	 *
	 * @param key its key
	 * @param value the value; {@code null} if it cannot be written as JSON
	 * @param why the reason why it cannot be written
	 */
	record Fact(String key, @Nullable JsonValue value, String why) {

	}

}
