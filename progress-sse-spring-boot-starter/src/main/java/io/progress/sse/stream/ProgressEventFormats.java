package io.progress.sse.stream;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.progress.sse.event.ProgressEvent;

/**
 * The formats that there are, by name: those that ship and the application's own.
 */
public final class ProgressEventFormats {

	private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

	private final Map<String, Shape> single = new LinkedHashMap<>();

	private final Map<String, Shape> multiple = new LinkedHashMap<>();

	/**
	 * Collects the formats.
	 * @param additional the application's own
	 * @throws IllegalArgumentException if a name is malformed or taken
	 */
	public ProgressEventFormats(Collection<? extends ProgressEventFormat> additional) {
		Stream.of(new StandardFormat(), new PhaseFormat(), new PercentFormat(), new StageFormat(), new StatusFormat())
			.forEach(this::add);
		additional.forEach(this::add);
	}

	/**
	 * A format by its name.
	 * @param name the name
	 * @return the format
	 * @throws IllegalArgumentException if there is none of that name
	 */
	public ProgressEventFormat get(String name) {
		return shape(name, false).format();
	}

	/**
	 * What the formats are called.
	 * @return their names, those that ship first
	 */
	public Set<String> names() {
		return Collections.unmodifiableSet(this.single.keySet());
	}

	/**
	 * An event in a format.
	 * @param format name of the format
	 * @param event the event
	 * @return the event as a client gets it, but for its id
	 * @throws IllegalArgumentException if there is no format of that name
	 */
	public FormattedEvent format(String format, ProgressEvent event) {
		return shape(format, false).format(event);
	}

	/**
	 * An event for a client that polls.
	 * @param format name of the format
	 * @param event the newest event of the job
	 * @return one line of JSON, in UTF-8
	 * @throws IllegalArgumentException if there is no format of that name
	 */
	public byte[] snapshot(String format, ProgressEvent event) {
		return shape(format, false).snapshot(event);
	}

	Shape shape(String name, boolean manyJobs) {
		Shape shape = (manyJobs ? this.multiple : this.single).get(name);
		if (shape == null) {
			throw new IllegalArgumentException(
					"'format' must be one of " + this.single.keySet() + ", but is '" + name + "'");
		}
		return shape;
	}

	private void add(ProgressEventFormat format) {
		if (!NAME.matcher(format.name()).matches()) {
			throw new IllegalArgumentException("The 'name' of a format must match " + NAME + ", but that of "
					+ format.getClass().getName() + " is '" + format.name() + "'");
		}
		Shape before = this.single.putIfAbsent(format.name(), new Shape(format, false));
		if (before != null) {
			throw new IllegalArgumentException(
					"The 'name' of a format must be its own, but both " + before.format().getClass().getName() + " and "
							+ format.getClass().getName() + " are called '" + format.name() + "'");
		}
		this.multiple.put(format.name(), new Shape(format, true));
	}

}
