package io.progress.sse;

import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.event.Note;

/**
 * The reporter outside a job.
 */
enum NoOpReporter implements ProgressReporter, BatchProgress {

	INSTANCE;

	@Override
	public Optional<JobId> jobId() {
		return Optional.empty();
	}

	@Override
	public boolean isActive() {
		return false;
	}

	@Override
	public void total(long units) {
	}

	@Override
	public void unit(String unit) {
	}

	@Override
	public void indeterminate() {
	}

	@Override
	public void advance(long units) {
	}

	@Override
	public void report(long completed, long total) {
	}

	@Override
	public void fraction(double zeroToOne) {
	}

	@Override
	public void remaining(long units) {
	}

	@Override
	public void plan(Phase... phases) {
	}

	@Override
	public void phase(String name) {
	}

	@Override
	public void message(String text) {
	}

	@Override
	public void message(Supplier<String> text) {
	}

	@Override
	public void note(Note.Level level, String text) {
	}

	@Override
	public void data(String key, @Nullable Object value) {
	}

	@Override
	public void result(String key, @Nullable Object value) {
	}

	@Override
	public ProgressReporter split(double weight) {
		return this;
	}

	@Override
	public ProgressReporter split(double weight, String label) {
		return this;
	}

	@Override
	public void close() {
	}

	@Override
	public BatchProgress batch(long total) {
		return this;
	}

	@Override
	public void succeeded() {
	}

	@Override
	public void failed(String item, String publicReason) {
	}

	@Override
	public void skipped() {
	}

	@Override
	public void failIfAny() {
	}

	@Override
	public boolean isCancelled() {
		return false;
	}

	@Override
	public void checkCancelled() {
	}

	@Override
	public AutoCloseable onCancel(Runnable action) {
		return () -> {
		};
	}

}
