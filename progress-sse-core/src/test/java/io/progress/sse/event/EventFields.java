package io.progress.sse.event;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Events that differ from a plain one in a single field, for each field that an event
 * has: whoever adds a field learns from tests which code does not know it yet.
 */
public final class EventFields {

	/** The event with nothing but what every event has. */
	public static final ProgressEvent PLAIN = ProgressEvent
		.builder(new JobInfo(JobId.of("job-1"), "export", null, null, Instant.EPOCH), JobState.RUNNING, Instant.EPOCH)
		.build();

	private static final Map<Class<?>, Object> SAMPLES = Map.ofEntries(Map.entry(JobId.class, JobId.of("job-2")),
			Map.entry(String.class, "text"), Map.entry(EventKind.class, EventKind.TICK),
			Map.entry(JobState.class, JobState.QUEUED), Map.entry(int.class, 7), Map.entry(boolean.class, true),
			Map.entry(Note.class, new Note(Note.Level.WARNING, "odd")), Map.entry(Map.class, Map.of("key", "value")),
			Map.entry(Object.class, "result"), Map.entry(JobError.class, new JobError("internal", "The job failed")),
			Map.entry(Instant.class, Instant.EPOCH.plusSeconds(1)),
			Map.entry(Duration.class, Duration.ofMillis(90_500)));

	private static final Map<String, Progress> NUMBERS = Map.of("progress.fraction",
			new Progress(0.5, null, null, null, null, null), "progress.completed",
			new Progress(null, 3L, null, null, null, null), "progress.total",
			new Progress(null, null, 5L, null, null, null), "progress.unit",
			new Progress(null, null, null, "pages", null, null), "progress.ratePerSecond",
			new Progress(null, null, null, null, 2.5, null), "progress.eta",
			new Progress(null, null, null, null, null, Duration.ofSeconds(9)));

	private EventFields() {
	}

	/**
	 * The fields that some code does not know.
	 * @param knows whether the code knows the field in which an event differs from the
	 * {@linkplain #PLAIN plain} one
	 * @return their names, sorted
	 */
	public static Set<String> missing(Predicate<ProgressEvent> knows) {
		Set<String> missing = new TreeSet<>();
		all().forEach((field, event) -> {
			if (event.equals(PLAIN)) {
				throw new IllegalStateException(
						"The sample of '" + field + "' in EventFields must differ from the plain one");
			}
			if (!knows.test(event)) {
				missing.add(field);
			}
		});
		return missing;
	}

	private static Map<String, ProgressEvent> all() {
		Map<String, ProgressEvent> events = new LinkedHashMap<>();
		RecordComponent[] fields = ProgressEvent.class.getRecordComponents();
		for (RecordComponent field : fields) {
			if (field.getType() == Progress.class) {
				NUMBERS.forEach((name, progress) -> events.put(name, with(field, progress)));
			}
			else {
				events.put(field.getName(), with(field, sample(field)));
			}
		}
		if (NUMBERS.size() != Progress.class.getConstructors()[0].getParameterCount()) {
			throw new IllegalStateException("Add a sample for each number of Progress to EventFields");
		}
		return events;
	}

	private static Object sample(RecordComponent field) {
		Object sample = SAMPLES.get(field.getType());
		if (sample == null) {
			throw new IllegalStateException("Add a sample of " + field.getType() + " to EventFields");
		}
		return sample;
	}

	private static ProgressEvent with(RecordComponent changed, Object value) {
		RecordComponent[] fields = ProgressEvent.class.getRecordComponents();
		Object[] values = Stream.of(fields)
			.map((field) -> field.getName().equals(changed.getName()) ? value : get(field))
			.toArray();
		Class<?>[] types = Arrays.stream(fields).map(RecordComponent::getType).toArray(Class[]::new);
		try {
			return ProgressEvent.class.getConstructor(types).newInstance(values);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static @Nullable Object get(RecordComponent field) {
		try {
			return field.getAccessor().invoke(PLAIN);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
