package io.progress.sse.stream;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.store.EventId;
import io.progress.sse.support.Sha256;

/**
 * The cursor of a stream of all jobs of an owner: the position in each job that runs. Of
 * a job that it does not name, the client has seen all events if the job is old, and none
 * if it is new. As text, {@code s} and the time in base 36, then {@code ~}, seven
 * characters for the job and its part as in a cursor of many jobs, for each. The full ids
 * of a hundred jobs would exceed the header limits of servers.
 *
 * @param since the latest creation, in milliseconds since 1970, of a job that counts as
 * old
 * @param places the cursor in each job, by the job's {@link #reference}
 */
public record OwnedCursor(long since, Map<String, Cursor> places) {

	/** Most jobs that a cursor names. */
	public static final int MAX_JOBS = 200;

	/** The longest cursor, in characters. Servers accept 8 KB of headers in total. */
	public static final int MAX_LENGTH = 6_000;

	/** The first character, which none of the words has that a client may begin with. */
	private static final String SINCE = "s";

	private static final int REFERENCE_LENGTH = 7;

	private static final int BASE = 36;

	/** Of 2<sup>36</sup> jobs each has a reference of its own. */
	private static final long REFERENCES = 78_364_164_096L;

	/**
	 * Parses the cursor that a client sent.
	 * @param text any text, of any length
	 * @return the cursor; empty if it is invalid
	 */
	public static Optional<OwnedCursor> parse(String text) {
		String[] parts = (text.length() <= MAX_LENGTH) ? text.split(CursorText.SEPARATOR, -1) : new String[0];
		boolean marked = parts.length > 0 && parts[0].startsWith(SINCE);
		long since = marked ? CursorText.number(parts[0].substring(SINCE.length())) : -1;
		Map<String, Cursor> places = new LinkedHashMap<>();
		for (int i = 1; i < parts.length; i++) {
			if (parts[i].length() <= REFERENCE_LENGTH) {
				return Optional.empty();
			}
			places.put(parts[i].substring(0, REFERENCE_LENGTH),
					CursorText.oneOfMany(parts[i].substring(REFERENCE_LENGTH)));
		}
		boolean ours = since >= 0 && places.size() <= MAX_JOBS
				&& places.values().stream().noneMatch(Cursor.Foreign.class::isInstance);
		return ours ? Optional.of(new OwnedCursor(since, places)) : Optional.empty();
	}

	/**
	 * Returns the short form of a job's id that cursors contain.
	 * @param job the job
	 * @return seven characters
	 */
	public static String reference(JobId job) {
		long digest = Long.parseLong(Sha256.hex(job.value()).substring(0, 15), 16) % REFERENCES;
		String digits = Long.toString(digest, BASE);
		return "0".repeat(REFERENCE_LENGTH - digits.length()) + digits;
	}

	/**
	 * Begins the text of a cursor, to which the jobs are added.
	 */
	public static StringBuilder begin(long since) {
		return new StringBuilder(SINCE).append(Long.toString(since, BASE));
	}

	/**
	 * Adds a job to a cursor's text.
	 * @param reference the short form of the job's id
	 * @param after the event that the client has seen last; {@code null} if it has seen
	 * none
	 */
	public static void add(String reference, @Nullable EventId after, StringBuilder text) {
		text.append(CursorText.SEPARATOR).append(reference).append(CursorText.oneOfMany(after, false));
	}

}
