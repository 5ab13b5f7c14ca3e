package io.progress.sse;

import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.event.Note;
import io.progress.sse.support.StrayReports;

/**
 * The reporter outside a job. Reports to it may have been meant for a job, see
 * {@link StrayReports}.
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
		CurrentProgress.stray(0);
	}

	@Override
	public void unit(String unit) {
	}

	@Override
	public void indeterminate() {
	}

	@Override
	public void advance(long units) {
		CurrentProgress.stray(units);
	}

	@Override
	public void report(long completed, long total) {
		CurrentProgress.stray(completed);
	}

	@Override
	public void fraction(double zeroToOne) {
		CurrentProgress.stray(0);
	}

	@Override
	public void remaining(long units) {
		CurrentProgress.stray(0);
	}

	@Override
	public void plan(Phase... phases) {
	}

	@Override
	public void phase(String name) {
		CurrentProgress.stray(0);
	}

	@Override
	public void message(String text) {
		CurrentProgress.stray(0);
	}

	@Override
	public void message(Supplier<String> text) {
		CurrentProgress.stray(0);
	}

	@Override
	public void note(Note.Level level, String text) {
		CurrentProgress.stray(0);
	}

	@Override
	public void data(String key, @Nullable Object value) {
		CurrentProgress.stray(0);
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
		CurrentProgress.stray(1);
	}

	@Override
	public void failed(String item, String publicReason) {
		CurrentProgress.stray(1);
	}

	@Override
	public void skipped() {
		CurrentProgress.stray(1);
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
	public Scope onCancel(Runnable action) {
		return () -> {
		};
	}

}
