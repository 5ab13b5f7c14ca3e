package io.progress.sse.test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.progress.sse.BatchProgress;
import io.progress.sse.JobCancelledException;
import io.progress.sse.Phase;
import io.progress.sse.ProgressReporter;
import io.progress.sse.Scope;
import io.progress.sse.event.JobId;
import io.progress.sse.event.Note;

/**
 * Records what a worker reports, to test the worker alone:
 *
 * <pre class="code">
 * RecordingProgressReporter progress = new RecordingProgressReporter();
 * service.render(order, progress);
 * assertThat(progress.phases()).containsExactly("reading", "rendering");
 * assertThat(progress.completed()).isEqualTo(12);
 * </pre>
 *
 * As on a real job, no call breaks the work: a call with an invalid number is recorded in
 * {@link #calls()} and changes nothing else. Nothing is cut or merged, except that
 * consecutive {@code advance} calls become one. The parts of {@link #split(double)}
 * record for themselves; see {@link #parts()}. Safe for use by many threads.
 */
public final class RecordingProgressReporter implements ProgressReporter {

	private static final JobId JOB = JobId.of("recording");

	private final ReentrantLock lock;

	private final Cancellation cancellation;

	private final List<String> calls = new ArrayList<>();

	private final List<String> phases = new ArrayList<>();

	private final List<Phase> plan = new ArrayList<>();

	private final List<String> messages = new ArrayList<>();

	private final List<Note> notes = new ArrayList<>();

	private final Map<String, Object> data = new LinkedHashMap<>();

	private final Map<String, Object> result = new LinkedHashMap<>();

	private final List<RecordingProgressReporter> parts = new ArrayList<>();

	private final List<RecordingBatch> batches = new ArrayList<>();

	private long completed;

	private @Nullable Long total;

	private @Nullable Double fraction;

	private @Nullable String unit;

	private long advances;

	private boolean closed;

	/** Creates a reporter without reports. */
	public RecordingProgressReporter() {
		this(new ReentrantLock(), new Cancellation());
	}

	private RecordingProgressReporter(ReentrantLock lock, Cancellation cancellation) {
		this.lock = lock;
		this.cancellation = cancellation;
	}

	/**
	 * Asks the worker to stop, as a user would: from now on {@link #checkCancelled()} and
	 * similar methods throw, also on the parts.
	 */
	public void cancel() {
		this.cancellation.request();
	}

	/**
	 * Returns all calls in order, such as {@code phase(reading)} and {@code advance(3)}.
	 * @return a copy
	 */
	public List<String> calls() {
		return read(() -> {
			List<String> all = new ArrayList<>(this.calls);
			if (this.advances > 0) {
				all.add("advance(" + this.advances + ")");
			}
			return all;
		});
	}

	/**
	 * Returns the entered phases, in order.
	 * @return a copy
	 */
	public List<String> phases() {
		return read(() -> new ArrayList<>(this.phases));
	}

	/**
	 * Returns the announced phases.
	 * @return a copy; empty without a plan
	 */
	public List<Phase> plan() {
		return read(() -> new ArrayList<>(this.plan));
	}

	/**
	 * Returns the status lines, in order.
	 * @return a copy
	 */
	public List<String> messages() {
		return read(() -> new ArrayList<>(this.messages));
	}

	/**
	 * Returns the notes, in order.
	 * @return a copy
	 */
	public List<Note> notes() {
		return read(() -> new ArrayList<>(this.notes));
	}

	/**
	 * Returns the data that is attached to the events.
	 * @return a copy, with the objects that the worker gave
	 */
	public Map<String, Object> data() {
		return read(() -> new LinkedHashMap<>(this.data));
	}

	/**
	 * Returns the data that was added to the result.
	 * @return a copy, with the objects that the worker gave
	 */
	public Map<String, Object> result() {
		return read(() -> new LinkedHashMap<>(this.result));
	}

	/**
	 * Returns the number of units that are done.
	 * @return the number; the parts are not added
	 */
	public long completed() {
		return read(() -> this.completed);
	}

	/**
	 * Returns the number of units in all.
	 * @return the number; empty if not known
	 */
	public Optional<Long> total() {
		return read(() -> Optional.ofNullable(this.total));
	}

	/**
	 * Returns the fraction that the worker has reported.
	 * @return from 0.0 to 1.0; empty if it reported none or cleared it
	 */
	public Optional<Double> fraction() {
		return read(() -> Optional.ofNullable(this.fraction));
	}

	/**
	 * Returns the name of the units.
	 * @return the name; empty if there is none
	 */
	public Optional<String> unit() {
		return read(() -> Optional.ofNullable(this.unit));
	}

	/**
	 * Returns the parts that were split off, in order.
	 * @return a copy
	 */
	public List<RecordingProgressReporter> parts() {
		return read(() -> new ArrayList<>(this.parts));
	}

	/**
	 * Returns the batches, in order.
	 * @return a copy
	 */
	public List<RecordingBatch> batches() {
		return read(() -> new ArrayList<>(this.batches));
	}

	/**
	 * Whether this part was closed.
	 * @return {@code true} if so
	 */
	public boolean isClosed() {
		return read(() -> this.closed);
	}

	@Override
	public Optional<JobId> jobId() {
		return Optional.of(JOB);
	}

	@Override
	public boolean isActive() {
		return true;
	}

	@Override
	public void total(long units) {
		record("total", units, () -> total(units, units));
	}

	@Override
	public void unit(String unit) {
		record("unit", unit, () -> this.unit = unit);
	}

	@Override
	public void indeterminate() {
		record("indeterminate", "", () -> {
			this.total = null;
			this.fraction = null;
		});
	}

	@Override
	public void advance(long units) {
		this.lock.lock();
		try {
			this.advances = sum(this.advances, Math.max(0, units));
			this.completed = sum(this.completed, Math.max(0, units));
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void report(long completed, long total) {
		record("report", completed + ", " + total, () -> {
			if (completed >= 0 && total >= 0) {
				this.completed = completed;
				this.total = (total > 0) ? total : null;
			}
		});
	}

	@Override
	public void fraction(double zeroToOne) {
		record("fraction", zeroToOne, () -> {
			if (!Double.isInfinite(zeroToOne)) {
				this.fraction = Double.isNaN(zeroToOne) ? null : Math.max(0.0, Math.min(1.0, zeroToOne));
			}
		});
	}

	@Override
	public void remaining(long units) {
		record("remaining", units, () -> total(units, sum(this.completed, units)));
	}

	@Override
	public void plan(Phase... phases) {
		record("plan", Arrays.stream(phases).map(Phase::name).collect(Collectors.joining(", ")), () -> {
			if (isPlan(phases)) {
				this.plan.addAll(List.of(phases));
			}
		});
	}

	@Override
	public void phase(String name) {
		checkCancelled();
		record("phase", name, () -> this.phases.add(name));
	}

	@Override
	public void message(String text) {
		record("message", text, () -> this.messages.add(text));
	}

	@Override
	public void message(Supplier<String> text) {
		message(text.get());
	}

	@Override
	public void note(Note.Level level, String text) {
		record("note", level + ", " + text, () -> this.notes.add(new Note(level, text)));
	}

	@Override
	public void data(String key, @Nullable Object value) {
		record("data", key + ", " + value, () -> put(this.data, key, value));
	}

	@Override
	public void result(String key, @Nullable Object value) {
		record("result", key + ", " + value, () -> put(this.result, key, value));
	}

	@Override
	public ProgressReporter split(double weight) {
		return split("" + weight, new RecordingProgressReporter(this.lock, this.cancellation));
	}

	@Override
	public ProgressReporter split(double weight, String label) {
		return split(weight + ", " + label, new RecordingProgressReporter(this.lock, this.cancellation));
	}

	@Override
	public void close() {
		record("close", "", () -> this.closed = true);
	}

	@Override
	public BatchProgress batch(long total) {
		RecordingBatch batch = new RecordingBatch(this, this.lock, total);
		record("batch", total, () -> {
			total(total, total);
			this.batches.add(batch);
		});
		return batch;
	}

	@Override
	public boolean isCancelled() {
		return this.cancellation.isRequested();
	}

	@Override
	public void checkCancelled() {
		if (isCancelled()) {
			throw new JobCancelledException(JOB);
		}
	}

	@Override
	public Scope onCancel(Runnable action) {
		return this.cancellation.onRequest(action);
	}

	private ProgressReporter split(String arguments, RecordingProgressReporter part) {
		checkCancelled();
		record("split", arguments, () -> this.parts.add(part));
		return part;
	}

	/**
	 * Sets the total, unless it is invalid.
	 */
	private void total(long said, long total) {
		if (said >= 0) {
			this.total = (total > 0) ? total : null;
		}
	}

	private static long sum(long one, long other) {
		long sum = one + other;
		return (sum < 0) ? Long.MAX_VALUE : sum;
	}

	private static boolean isPlan(Phase... phases) {
		boolean sound = Arrays.stream(phases)
			.allMatch((phase) -> phase.weight() >= 0 && !Double.isInfinite(phase.weight()));
		return sound && Arrays.stream(phases).anyMatch((phase) -> phase.weight() > 0)
				&& Arrays.stream(phases).map(Phase::name).distinct().count() == phases.length;
	}

	private static void put(Map<String, Object> map, String key, @Nullable Object value) {
		if (value != null) {
			map.put(key, value);
		}
		else {
			map.remove(key);
		}
	}

	private void record(String method, Object arguments, Runnable change) {
		this.lock.lock();
		try {
			if (this.advances > 0) {
				this.calls.add("advance(" + this.advances + ")");
				this.advances = 0;
			}
			this.calls.add(method + "(" + arguments + ")");
			change.run();
		}
		finally {
			this.lock.unlock();
		}
	}

	private <T> T read(Supplier<T> value) {
		this.lock.lock();
		try {
			return value.get();
		}
		finally {
			this.lock.unlock();
		}
	}

}
