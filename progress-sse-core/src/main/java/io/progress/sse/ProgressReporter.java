package io.progress.sse;

import java.io.InputStream;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.event.Note;

/**
 * The object through which a worker reports on its job. A call writes to memory and
 * returns; a ticker samples what was written and publishes what changed, so calls may be
 * as frequent as the work needs. Safe for use by many threads; only the absolute setters
 * ({@link #report(long, long)}, {@link #fraction(double)}) assume one writer at a time.
 *
 * <p>
 * <b>A call never breaks the work.</b> No method throws because of the store. After the
 * job's end all calls do nothing and throw nothing. A call with an invalid number is
 * ignored: a negative count, a weight that is negative or not finite, an infinite
 * fraction. Such calls are counted ({@code TrackerStats.refusedCalls()}) and logged once
 * per job at DEBUG. Counts, and sums of counts, end at {@link Long#MAX_VALUE}. The only
 * exception that is thrown on purpose is {@link JobCancelledException}, by the methods
 * that name it below. There is no method {@code done}: the job is done when the tracked
 * method returns. An unknown number stays unknown: a job that has reported neither total
 * nor fraction is indeterminate, not at zero. Published progress never falls within one
 * attempt.
 */
public interface ProgressReporter extends AutoCloseable {

	/**
	 * Returns the reporter of the job that this thread works on. Other threads do not
	 * know the job: pass the reporter itself to a parallel stream or an executor, or use
	 * Micrometer's context propagation. Reports on a thread that works on no job are
	 * lost. They are counted ({@code TrackerStats.strayCalls()}). If they were probably
	 * meant for a job that is now done, a warning is logged, once per job name.
	 * @return the reporter; {@link #noop()} outside a job
	 */
	static ProgressReporter current() {
		return CurrentProgress.reporter();
	}

	/**
	 * A reporter that does nothing.
	 * @return the reporter
	 */
	static ProgressReporter noop() {
		return NoOpReporter.INSTANCE;
	}

	/**
	 * Returns the id of the job.
	 * @return its id; empty outside a job
	 */
	Optional<JobId> jobId();

	/**
	 * Whether viewers could still see a report.
	 * @return {@code false} outside a job and after its end
	 */
	boolean isActive();

	/**
	 * Sets how many units there are in all. May be corrected at any time, and takes the
	 * place of a fraction that was set before.
	 * @param units the number, at least 0; 0 makes the work indeterminate; a negative one
	 * is ignored
	 */
	void total(long units);

	/**
	 * Names what is counted.
	 * @param unit a plural such as {@code pages}
	 */
	void unit(String unit);

	/** Clears total and fraction: how much work is left is not known. */
	void indeterminate();

	/** Counts one more unit as done. */
	default void advance() {
		advance(1);
	}

	/**
	 * Counts some more units as done.
	 * @param units how many, at least 0; a negative number is ignored
	 */
	void advance(long units);

	/**
	 * Sets how many units are done and how many there are in all. A call with a negative
	 * number is ignored.
	 * @param completed units done, at least 0
	 * @param total units in all, at least 0; 0 if not known
	 */
	void report(long completed, long total);

	/**
	 * Sets how far the work is, where there are no units to count. Holds until a total is
	 * set.
	 * @param zeroToOne from 0.0 to 1.0; finite values outside are limited to this range,
	 * infinite ones (after a division by zero) are ignored, {@code NaN} means unknown
	 */
	void fraction(double zeroToOne);

	/**
	 * Says how many units are left, and replaces the total: it becomes the units done
	 * plus this.
	 * @param units units left, at least 0; a negative number is ignored
	 */
	void remaining(long units);

	/**
	 * Announces the phases to come, in order. From then on total and counters belong to
	 * the current phase, and the fraction is computed from all phases by weight.
	 * @param phases the phases, of different names; the plan is ignored if two are alike,
	 * if a weight is negative or not finite, or if no weight is above 0
	 */
	void plan(Phase... phases);

	/**
	 * Enters a phase, which is published at once. Entering a planned phase completes the
	 * phases before it; entering the current phase again does nothing.
	 * @param name free text
	 * @throws JobCancelledException if the job was asked to stop
	 */
	void phase(String name);

	/**
	 * Sets the status line. If several follow quickly, viewers may see the last one only.
	 * @param text at most 1,024 characters, longer is cut; empty clears it
	 */
	void message(String text);

	/**
	 * Sets the status line. In a tight loop the supplier is called only now and then,
	 * about eight times between two ticks, so that the loop pays for a few dozen texts a
	 * second at most. It is called on this thread, the last one at the end of the work.
	 * Only if the worker reports nothing more for a while, for instance before a long
	 * step, the last supplier is called on another thread, so that viewers see its text
	 * within two ticks. So it should read immutable values, not an open session or a
	 * collection that the work still changes. An exception is logged at DEBUG, and the
	 * previous line stays.
	 * @param text makes the text
	 */
	void message(Supplier<String> text);

	/**
	 * Adds a line that every viewer must see. At most 200 per job; further ones are only
	 * counted.
	 * @param level how much it matters
	 * @param text at most 1,024 characters, longer is cut
	 */
	void note(Note.Level level, String text);

	/**
	 * Attaches a value to the events to come. Values in quick succession may be conflated
	 * to the last of each key.
	 * @param key the key
	 * @param value anything that the application's JSON mapper can write; {@code null}
	 * removes the key. All data of a job together may have 16 KiB. A value that exceeds
	 * this or cannot be written is refused: this is logged once, and the event names the
	 * key in {@code data.refused}
	 */
	void data(String key, @Nullable Object value);

	/**
	 * Adds a value to the result that is published with {@code done}.
	 * @param key the key
	 * @param value as for {@link #data}
	 */
	void result(String key, @Nullable Object value);

	/**
	 * A reporter for a part of the work, with totals of its own. Parts may run at the
	 * same time. A part that never reports or is never closed does no harm; when more
	 * than 1,024 are open, the oldest is closed. If this reporter has neither total,
	 * fraction nor count, its parts of weight 0 share the fraction: a single part fills
	 * all of it, and its counts and unit are shown; closed parts count in full. A nested
	 * tracked call is such a part. Announce several that follow each other with
	 * {@link #plan}, because published progress never falls.
	 * @param weight how many units of this reporter's total the part is; 0 for none; one
	 * that is negative or not finite counts as 0
	 * @return the part; its messages show on the job
	 * @throws JobCancelledException if the job was asked to stop
	 */
	ProgressReporter split(double weight);

	/**
	 * A reporter for a part of the work, with totals of its own, that shows a label and
	 * keeps its messages to itself.
	 * @param weight as for {@link #split(double)}
	 * @param label becomes the status line
	 * @return the part
	 * @throws JobCancelledException if the job was asked to stop
	 */
	ProgressReporter split(double weight, String label);

	/**
	 * Completes a part: it then counts in full and takes no more reports. Does nothing on
	 * a job's own reporter, so only a reporter that {@link #split(double)} returned needs
	 * a {@code try} statement.
	 */
	@Override
	void close();

	/**
	 * Returns a counter of items by their outcome; sets the total.
	 * @param total how many items there are; a negative number, which is ignored, leaves
	 * the total unknown
	 * @return the batch
	 */
	BatchProgress batch(long total);

	/**
	 * Counts elements as a loop goes over them: an element is done when the loop asks for
	 * the next one. Sets the total.
	 * @param <T> the type of the elements
	 * @param items the elements
	 * @return the same elements; the iterator's {@code next} throws
	 * {@link JobCancelledException} if the job was asked to stop
	 */
	default <T extends @Nullable Object> Iterable<T> each(Collection<T> items) {
		return each(items, items.size());
	}

	/**
	 * Counts elements as a loop goes over them, see {@link #each(Collection)}.
	 * @param <T> the type of the elements
	 * @param items the elements
	 * @param total how many there are; 0 if not known
	 * @return the same elements
	 */
	default <T extends @Nullable Object> Iterable<T> each(Iterable<T> items, long total) {
		return Counting.iterable(this, items, total);
	}

	/**
	 * Counts elements as they pass, sequential or parallel. Sets the total if the stream
	 * knows it.
	 * @param <T> the type of the elements
	 * @param items the elements
	 * @return the same elements
	 */
	default <T extends @Nullable Object> Stream<T> each(Stream<T> items) {
		return Counting.stream(this, items);
	}

	/**
	 * Counts bytes as they are read.
	 * @param in where they come from
	 * @param length how many there are; 0 if not known
	 * @return the same bytes; reading throws {@link JobCancelledException} if the job was
	 * asked to stop
	 */
	default InputStream wrap(InputStream in, long length) {
		return Counting.stream(this, in, length);
	}

	/**
	 * Whether the job was asked to stop.
	 * @return {@code true} if so
	 */
	boolean isCancelled();

	/**
	 * Throws if the job was asked to stop.
	 * @throws JobCancelledException if so
	 */
	void checkCancelled();

	/**
	 * Registers an action that runs when the job is asked to stop, for instance to close
	 * a socket or interrupt a wait. If the job was asked already, it runs at once on this
	 * thread; otherwise on an executor of the tracker, never on the thread that asks,
	 * which may be an event loop.
	 * @param action what to do; what it throws is logged
	 * @return closing it removes the action
	 */
	Scope onCancel(Runnable action);

}
