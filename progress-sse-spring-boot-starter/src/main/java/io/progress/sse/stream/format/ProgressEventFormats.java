package io.progress.sse.stream.format;

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
import io.progress.sse.store.ListedJob;
import io.progress.sse.stream.StreamIds;
import io.progress.sse.stream.frame.FrameBuffer;
import io.progress.sse.support.BrokenRuleException;

/**
 * All formats by name: the built-in ones and the application's own.
 */
public final class ProgressEventFormats {

	/** The format of progress-sse itself. */
	public static final String STANDARD = "standard";

	private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

	private final Map<String, Map<StreamIds, FrameEncoder>> encoders = new LinkedHashMap<>();

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
	 * Returns a format by its name.
	 * @param name the name
	 * @return the format
	 * @throws IllegalArgumentException if there is no format of that name
	 */
	public ProgressEventFormat get(String name) {
		return encoder(name).format();
	}

	/**
	 * Returns the names of the formats.
	 * @return the names, the built-in ones first
	 */
	public Set<String> names() {
		return Collections.unmodifiableSet(this.encoders.keySet());
	}

	/**
	 * Whether clients of a format get an event at all.
	 * @param format name of the format
	 * @param event the event
	 * @return {@code false} if the format leaves the event out
	 * @throws IllegalArgumentException if there is no format of that name
	 */
	public boolean isShown(String format, ProgressEvent event) {
		return encoder(format).isShown(event);
	}

	/**
	 * Formats an event.
	 * @param format name of the format
	 * @param event the event
	 * @return the event in the form that a client gets, without its id
	 * @throws IllegalArgumentException if there is no format of that name
	 */
	public FormattedEvent format(String format, ProgressEvent event) {
		return encoder(format).format(event);
	}

	/**
	 * Formats an event for a polling client.
	 * @param format name of the format
	 * @param event the newest event of the job
	 * @return one line of JSON, in UTF-8
	 * @throws IllegalArgumentException if there is no format of that name
	 */
	public byte[] snapshot(String format, ProgressEvent event) {
		return encoder(format).snapshot(event);
	}

	/**
	 * Formats events of several jobs for a polling client, each with its job's id.
	 * @param format name of the format
	 * @param events the newest event of each job
	 * @return one line of JSON, a list, in UTF-8
	 * @throws IllegalArgumentException if there is no format of that name
	 */
	public byte[] snapshots(String format, List<ProgressEvent> events) {
		FrameEncoder encoder = encoder(format, StreamIds.EVENT_OF_EACH_JOB);
		FrameBuffer out = new FrameBuffer().ascii("[");
		for (ProgressEvent event : events) {
			out.ascii((out.length() > 1) ? "," : "").write(encoder.snapshot(event));
		}
		return out.ascii("]").toByteArray();
	}

	/**
	 * A job of a list for a client that polls: its newest event with its job's id, and
	 * {@code owner} and {@code createdAt}.
	 * @param format name of the format
	 * @param job the job
	 * @param more further members
	 * @return one line of JSON, in UTF-8
	 * @throws IllegalArgumentException if there is no format of that name
	 */
	public byte[] listed(String format, ListedJob job, Map<String, ?> more) {
		return encoder(format, StreamIds.EVENT_OF_EACH_JOB).snapshot(job, more);
	}

	/**
	 * Creates the encoder of a format.
	 * @param name name of the format
	 * @param ids the form of the ids on the stream
	 * @return the encoder
	 * @throws IllegalArgumentException if there is no format of that name
	 */
	public FrameEncoder encoder(String name, StreamIds ids) {
		FrameEncoder encoder = this.encoders.getOrDefault(name, Map.of()).get(ids);
		if (encoder == null) {
			throw new IllegalArgumentException(
					"'format' must be one of " + this.encoders.keySet() + ", but is '" + name + "'");
		}
		return encoder;
	}

	private FrameEncoder encoder(String name) {
		return encoder(name, StreamIds.EVENT);
	}

	private void add(ProgressEventFormat format) {
		if (!NAME.matcher(format.name()).matches()) {
			throw new BrokenRuleException("The 'name' of a format", "must match " + NAME,
					"'" + format.name() + "' for " + format.getClass().getName(), "let 'name()' return another name",
					null);
		}
		Map<StreamIds, FrameEncoder> encoders = new EnumMap<>(StreamIds.class);
		for (StreamIds ids : StreamIds.values()) {
			encoders.put(ids, new FrameEncoder(format, ids));
		}
		Map<StreamIds, FrameEncoder> before = this.encoders.putIfAbsent(format.name(), encoders);
		if (before != null) {
			throw new BrokenRuleException(
					"The 'name' of a format", "must be unique", "'" + format.name() + "' for both "
							+ get(format.name()).getClass().getName() + " and " + format.getClass().getName(),
					"let the 'name()' of one return another name", null);
		}
	}

}
