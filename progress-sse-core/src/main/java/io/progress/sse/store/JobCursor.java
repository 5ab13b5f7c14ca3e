package io.progress.sse.store;

import java.time.Instant;
import java.util.Locale;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;

/**
 * The position of a job in the order of a {@link JobIndex}, which has the newest job
 * first. For authors of stores; for all others cursors are opaque texts.
 *
 * @param createdAt when the job was created, in milliseconds since 1970, from 0 to
 * {@value #MAX_CREATED_AT}
 * @param job the job
 */
public record JobCursor(long createdAt, JobId job) implements Comparable<JobCursor> {

	/** The latest time that fits. */
	public static final long MAX_CREATED_AT = 999_999_999_999_999L;

	private static final Instant LATEST = Instant.ofEpochMilli(MAX_CREATED_AT);

	private static final int DIGITS = 15;

	/**
	 * Checks the time.
	 * @throws IllegalArgumentException if it is out of its range
	 */
	public JobCursor {
		if (createdAt < 0 || createdAt > MAX_CREATED_AT) {
			throw new IllegalArgumentException(
					"'createdAt' must be from 0 to " + MAX_CREATED_AT + ", but is " + createdAt);
		}
	}

	/**
	 * Returns the position of a job.
	 * @param job the job; a time outside of the range is replaced by the nearest one
	 * inside
	 * @return its position
	 */
	public static JobCursor of(JobInfo job) {
		Instant time = job.createdAt();
		if (time.isBefore(Instant.EPOCH)) {
			return new JobCursor(0, job.id());
		}
		return new JobCursor(time.isAfter(LATEST) ? MAX_CREATED_AT : time.toEpochMilli(), job.id());
	}

	/**
	 * Parses a cursor that came from outside.
	 * @param text any text, of any length
	 * @return the cursor
	 * @throws IllegalArgumentException if the text is not what {@link #toString} gives;
	 * the message does not repeat it, because it may come from an attacker
	 */
	public static JobCursor parse(String text) {
		boolean readable = text.length() > DIGITS + 1 && text.charAt(DIGITS) == '~'
				&& text.chars().limit(DIGITS).allMatch((digit) -> digit >= '0' && digit <= '9')
				&& JobId.isValid(text.substring(DIGITS + 1));
		if (!readable) {
			throw new IllegalArgumentException(
					"'cursor' must be the 'next' of a page, but is another text of " + text.length() + " characters");
		}
		return new JobCursor(Long.parseLong(text.substring(0, DIGITS)), JobId.of(text.substring(DIGITS + 1)));
	}

	/**
	 * The newest job is first; of jobs with the same time, the one with the greatest id.
	 */
	@Override
	public int compareTo(JobCursor other) {
		int byTime = Long.compare(other.createdAt, this.createdAt);
		return (byTime != 0) ? byTime : other.job.compareTo(this.job);
	}

	/**
	 * Returns the cursor as text.
	 * @return 15 digits, a tilde and the job's id; texts sort in reverse order of the
	 * jobs
	 */
	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%015d~%s", this.createdAt, this.job);
	}

}
