package io.progress.sse.stream;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
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

	private final Map<String, Map<StreamIds, Shape>> shapes = new LinkedHashMap<>();

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
		return shape(name).format();
	}

	/**
	 * What the formats are called.
	 * @return their names, those that ship first
	 */
	public Set<String> names() {
		return Collections.unmodifiableSet(this.shapes.keySet());
	}

	/**
	 * Whether clients of a format get an event at all.
	 * @param format name of the format
	 * @param event the event
	 * @return {@code false} if the event says nothing new in this format
	 * @throws IllegalArgumentException if there is no format of that name
	 */
	public boolean isShown(String format, ProgressEvent event) {
		return shape(format).isShown(event);
	}

	/**
	 * An event in a format.
	 * @param format name of the format
	 * @param event the event
	 * @return the event as a client gets it, but for its id
	 * @throws IllegalArgumentException if there is no format of that name
	 */
	public FormattedEvent format(String format, ProgressEvent event) {
		return shape(format).format(event);
	}

	/**
	 * An event for a client that polls.
	 * @param format name of the format
	 * @param event the newest event of the job
	 * @return one line of JSON, in UTF-8
	 * @throws IllegalArgumentException if there is no format of that name
	 */
	public byte[] snapshot(String format, ProgressEvent event) {
		return shape(format).snapshot(event);
	}

	/**
	 * Events of several jobs for a client that polls, each with its job's id.
	 * @param format name of the format
	 * @param events the newest event of each job
	 * @return one line of JSON, a list, in UTF-8
	 * @throws IllegalArgumentException if there is no format of that name
	 */
	public byte[] snapshots(String format, List<ProgressEvent> events) {
		Shape shape = shape(format, StreamIds.EVENT_OF_EACH_JOB);
		FrameBuffer out = new FrameBuffer().ascii("[");
		for (ProgressEvent event : events) {
			out.ascii((out.length() > 1) ? "," : "").write(shape.snapshot(event));
		}
		return out.ascii("]").toByteArray();
	}

	Shape shape(String name, StreamIds ids) {
		Shape shape = this.shapes.getOrDefault(name, Map.of()).get(ids);
		if (shape == null) {
			throw new IllegalArgumentException(
					"'format' must be one of " + this.shapes.keySet() + ", but is '" + name + "'");
		}
		return shape;
	}

	private Shape shape(String name) {
		return shape(name, StreamIds.EVENT);
	}

	private void add(ProgressEventFormat format) {
		if (!NAME.matcher(format.name()).matches()) {
			throw new IllegalArgumentException("The 'name' of a format must match " + NAME + ", but that of "
					+ format.getClass().getName() + " is '" + format.name() + "'");
		}
		Map<StreamIds, Shape> shapes = new EnumMap<>(StreamIds.class);
		for (StreamIds ids : StreamIds.values()) {
			shapes.put(ids, new Shape(format, ids));
		}
		Map<StreamIds, Shape> before = this.shapes.putIfAbsent(format.name(), shapes);
		if (before != null) {
			throw new IllegalArgumentException(
					"The 'name' of a format must be its own, but both " + get(format.name()).getClass().getName()
							+ " and " + format.getClass().getName() + " are called '" + format.name() + "'");
		}
	}

}
