package io.progress.sse.stream;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.store.EventId;

/**
 * The text form of cursors. For one job it is the id of an event, {@value #UNKNOWN}, or
 * one of the words a client may begin with. For many jobs it is, in the order of the job
 * ids, {@code ms.n} in base 36, {@value #UNKNOWN_ONE} or {@value #NOTHING} for each,
 * joined by {@code ~}.
 */
public final class CursorText {

	/** Most jobs that a cursor of many jobs can name. */
	public static final int MAX_JOBS = 32;

	/** The longest cursor, in characters. */
	public static final int MAX_LENGTH = MAX_JOBS * 24;

	/** The cursor of a client that has seen nothing. */
	public static final String BEGINNING = "0";

	/** The id that means that a job is not known. */
	public static final String UNKNOWN = "unknown";

	public static final String SEPARATOR = "~";

	private static final String UNKNOWN_ONE = "u";

	private static final String NOTHING = "-";

	/** The number of digits of the largest number that {@link EventId#parse} accepts. */
	private static final int MAX_DIGITS = 10;

	private CursorText() {
	}

	/**
	 * Parses the cursor that a client sent.
	 * @param text any text, of any length; {@code null} for nothing
	 * @param jobs how many jobs the stream has
	 * @param manyJobs whether it is a stream of many jobs, even if it has only one
	 * @return a cursor for each job
	 */
	public static List<Cursor> parse(@Nullable String text, int jobs, boolean manyJobs) {
		if (text == null || text.isEmpty() || text.equals(BEGINNING)) {
			return Collections.nCopies(jobs, new Cursor.Beginning());
		}
		if (text.equals("now")) {
			return Collections.nCopies(jobs, new Cursor.Now());
		}
		if (text.equals("latest")) {
			return Collections.nCopies(jobs, new Cursor.Latest());
		}
		if (!manyJobs) {
			return List.of(one(text));
		}
		String[] parts = (text.length() <= MAX_LENGTH) ? text.split(SEPARATOR, -1) : new String[0];
		if (parts.length != jobs) {
			return Collections.nCopies(jobs, new Cursor.Foreign());
		}
		return Stream.of(parts).map(CursorText::oneOfMany).toList();
	}

	/**
	 * Returns an id that names the job and the event.
	 */
	public static String ofJob(JobId job, EventId id) {
		return job.value() + SEPARATOR + id;
	}

	/**
	 * Returns an id that names a job before its first event.
	 */
	public static String beginningOf(JobId job) {
		return job.value() + SEPARATOR + BEGINNING;
	}

	public static String ofMany(Stream<String> cursors) {
		return cursors.reduce((left, right) -> left + SEPARATOR + right).orElse(NOTHING);
	}

	public static String oneOfMany(@Nullable EventId after, boolean unknown) {
		if (unknown) {
			return UNKNOWN_ONE;
		}
		return (after != null) ? Long.toString(after.ms(), 36) + "." + Long.toString(after.n(), 36) : NOTHING;
	}

	private static Cursor one(String text) {
		if (text.equals(UNKNOWN)) {
			return new Cursor.Unknown();
		}
		return EventId.parse(text).<Cursor>map(Cursor.After::new).orElseGet(Cursor.Foreign::new);
	}

	static Cursor oneOfMany(String text) {
		if (text.equals(NOTHING)) {
			return new Cursor.Beginning();
		}
		if (text.equals(UNKNOWN_ONE)) {
			return new Cursor.Unknown();
		}
		int dot = text.indexOf('.');
		long ms = (dot > 0) ? number(text.substring(0, dot)) : -1;
		long n = (dot > 0) ? number(text.substring(dot + 1)) : -1;
		return (ms < 0 || n < 0) ? new Cursor.Foreign() : new Cursor.After(new EventId(ms, n));
	}

	/**
	 * Reads a number in base 36.
	 * @return the number; -1 if it is none, or too long
	 */
	static long number(String text) {
		boolean digits = !text.isEmpty() && text.length() <= MAX_DIGITS
				&& text.chars().allMatch((c) -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'));
		return digits ? Long.parseLong(text, 36) : -1;
	}

}
