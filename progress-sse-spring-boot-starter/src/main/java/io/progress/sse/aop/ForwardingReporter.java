package io.progress.sse.aop;

import java.io.InputStream;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.progress.sse.BatchProgress;
import io.progress.sse.Phase;
import io.progress.sse.ProgressReporter;
import io.progress.sse.Scope;
import io.progress.sse.event.JobId;
import io.progress.sse.event.Note;

/**
 * A reporter that forwards each call to another one.
 */
abstract class ForwardingReporter implements ProgressReporter {

	/**
	 * Returns the reporter that gets the call.
	 */
	abstract ProgressReporter target();

	@Override
	public Optional<JobId> jobId() {
		return target().jobId();
	}

	@Override
	public boolean isActive() {
		return target().isActive();
	}

	@Override
	public void total(long units) {
		target().total(units);
	}

	@Override
	public void unit(String unit) {
		target().unit(unit);
	}

	@Override
	public void indeterminate() {
		target().indeterminate();
	}

	@Override
	public void advance(long units) {
		target().advance(units);
	}

	@Override
	public void report(long completed, long total) {
		target().report(completed, total);
	}

	@Override
	public void fraction(double zeroToOne) {
		target().fraction(zeroToOne);
	}

	@Override
	public void remaining(long units) {
		target().remaining(units);
	}

	@Override
	public void plan(Phase... phases) {
		target().plan(phases);
	}

	@Override
	public void phase(String name) {
		target().phase(name);
	}

	@Override
	public void message(String text) {
		target().message(text);
	}

	@Override
	public void message(Supplier<String> text) {
		target().message(text);
	}

	@Override
	public void note(Note.Level level, String text) {
		target().note(level, text);
	}

	@Override
	public void data(String key, @Nullable Object value) {
		target().data(key, value);
	}

	@Override
	public void result(String key, @Nullable Object value) {
		target().result(key, value);
	}

	@Override
	public ProgressReporter split(double weight) {
		return target().split(weight);
	}

	@Override
	public ProgressReporter split(double weight, String label) {
		return target().split(weight, label);
	}

	@Override
	public void close() {
		target().close();
	}

	@Override
	public BatchProgress batch(long total) {
		return target().batch(total);
	}

	@Override
	public <T extends @Nullable Object> Iterable<T> each(Collection<T> items) {
		return target().each(items);
	}

	@Override
	public <T extends @Nullable Object> Iterable<T> each(Iterable<T> items, long total) {
		return target().each(items, total);
	}

	@Override
	public <T extends @Nullable Object> Stream<T> each(Stream<T> items) {
		return target().each(items);
	}

	@Override
	public InputStream wrap(InputStream in, long length) {
		return target().wrap(in, length);
	}

	@Override
	public boolean isCancelled() {
		return target().isCancelled();
	}

	@Override
	public void checkCancelled() {
		target().checkCancelled();
	}

	@Override
	public Scope onCancel(Runnable action) {
		return target().onCancel(action);
	}

}
