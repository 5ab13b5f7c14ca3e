package io.progress.sse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.progress.sse.event.JobId;

/**
 * What a worker attached to its job: data for the events, and parts of the result. Used
 * under the job's lock, except for {@link #plain}.
 */
final class JobFacts {

	private static final Logger logger = LoggerFactory.getLogger(JobFacts.class);

	private static final String REFUSED = "refused";

	private final ProgressDataMapper mapper;

	private final JobId job;

	private final Map<String, @Nullable Object> data = new LinkedHashMap<>();

	private final Map<String, @Nullable Object> result = new LinkedHashMap<>();

	private final TreeSet<String> refused = new TreeSet<>();

	private @Nullable JobBatch batch;

	JobFacts(ProgressDataMapper mapper, JobId job) {
		this.mapper = mapper;
		this.job = job;
	}

	/**
	 * The value as plain JSON. The application's code runs in here, outside of any lock.
	 * @return the plain value; an {@link Unwritable} if there is none
	 */
	@Nullable Object plain(String key, @Nullable Object value) {
		try {
			return PlainValues.copy(this.mapper.toPlain(value));
		}
		catch (RuntimeException | StackOverflowError ex) {
			return new Unwritable(ex);
		}
	}

	void data(String key, @Nullable Object plain) {
		put(this.data, key, plain);
	}

	void result(String key, @Nullable Object plain) {
		put(this.result, key, plain);
	}

	void batch(JobBatch batch) {
		this.batch = batch;
	}

	/**
	 * The data of the next event.
	 */
	Map<String, @Nullable Object> snapshot() {
		if (this.data.isEmpty() && this.refused.isEmpty() && this.batch == null) {
			return Map.of();
		}
		Map<String, @Nullable Object> snapshot = new LinkedHashMap<>(this.data);
		if (this.batch != null) {
			snapshot.putAll(this.batch.data());
		}
		if (!this.refused.isEmpty()) {
			snapshot.put(REFUSED, List.copyOf(this.refused));
		}
		return snapshot;
	}

	/**
	 * The result, made up from its parts and what the work returned.
	 */
	@Nullable Object result(@Nullable Object returned) {
		if (returned instanceof Unwritable || PlainValues.size(returned) > PlainValues.MAX_SIZE) {
			refuse("result", returned);
			return this.result.isEmpty() ? null : this.result;
		}
		if (this.result.isEmpty()) {
			return returned;
		}
		if (returned instanceof Map<?, ?> map) {
			map.forEach((key, value) -> this.result.putIfAbsent(String.valueOf(key), value));
		}
		else if (returned != null) {
			this.result.putIfAbsent("value", returned);
		}
		return this.result;
	}

	private void put(Map<String, @Nullable Object> facts, String key, @Nullable Object plain) {
		if (plain == null) {
			facts.remove(key);
			return;
		}
		Map<String, @Nullable Object> others = new LinkedHashMap<>(facts);
		others.put(key, plain);
		if (plain instanceof Unwritable || PlainValues.size(others) > PlainValues.MAX_SIZE) {
			refuse(key, plain);
		}
		else {
			facts.put(key, plain);
		}
	}

	private void refuse(String key, @Nullable Object plain) {
		String name = Texts.line(key);
		if (this.refused.size() < 20 && this.refused.add(name)) {
			if (plain instanceof Unwritable unwritable) {
				logger.warn("Value '{}' of job '{}' was refused: it cannot be written as JSON", name, this.job,
						unwritable.why());
			}
			else {
				logger.warn("Value '{}' of job '{}' was refused: with it, there would be more than {} characters", name,
						this.job, PlainValues.MAX_SIZE);
			}
		}
	}

	private record Unwritable(Throwable why) {

	}

}
