package io.progress.sse.aop;

import java.io.InputStream;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.progress.sse.BatchProgress;
import io.progress.sse.CurrentProgress;
import io.progress.sse.Phase;
import io.progress.sse.ProgressReporter;
import io.progress.sse.event.JobId;
import io.progress.sse.event.Note;

/**
 * The reporter that can be injected into a singleton: each call goes to the job that the
 * calling thread works on, and nowhere outside a job.
 */
public final class CurrentReporter implements ProgressReporter {

	private static ProgressReporter current() {
		return CurrentProgress.reporter();
	}

	@Override
	public Optional<JobId> jobId() {
		return current().jobId();
	}

	@Override
	public boolean isActive() {
		return current().isActive();
	}

	@Override
	public void total(long units) {
		current().total(units);
	}

	@Override
	public void unit(String unit) {
		current().unit(unit);
	}

	@Override
	public void indeterminate() {
		current().indeterminate();
	}

	@Override
	public void advance(long units) {
		current().advance(units);
	}

	@Override
	public void report(long completed, long total) {
		current().report(completed, total);
	}

	@Override
	public void fraction(double zeroToOne) {
		current().fraction(zeroToOne);
	}

	@Override
	public void remaining(long units) {
		current().remaining(units);
	}

	@Override
	public void plan(Phase... phases) {
		current().plan(phases);
	}

	@Override
	public void phase(String name) {
		current().phase(name);
	}

	@Override
	public void message(String text) {
		current().message(text);
	}

	@Override
	public void message(Supplier<String> text) {
		current().message(text);
	}

	@Override
	public void note(Note.Level level, String text) {
		current().note(level, text);
	}

	@Override
	public void data(String key, @Nullable Object value) {
		current().data(key, value);
	}

	@Override
	public void result(String key, @Nullable Object value) {
		current().result(key, value);
	}

	@Override
	public ProgressReporter split(double weight) {
		return current().split(weight);
	}

	@Override
	public ProgressReporter split(double weight, String label) {
		return current().split(weight, label);
	}

	@Override
	public void close() {
		current().close();
	}

	@Override
	public BatchProgress batch(long total) {
		return current().batch(total);
	}

	@Override
	public <T extends @Nullable Object> Iterable<T> each(Collection<T> items) {
		return current().each(items);
	}

	@Override
	public <T extends @Nullable Object> Iterable<T> each(Iterable<T> items, long total) {
		return current().each(items, total);
	}

	@Override
	public <T extends @Nullable Object> Stream<T> each(Stream<T> items) {
		return current().each(items);
	}

	@Override
	public InputStream wrap(InputStream in, long length) {
		return current().wrap(in, length);
	}

	@Override
	public boolean isCancelled() {
		return current().isCancelled();
	}

	@Override
	public void checkCancelled() {
		current().checkCancelled();
	}

	@Override
	public AutoCloseable onCancel(Runnable action) {
		return current().onCancel(action);
	}

}
