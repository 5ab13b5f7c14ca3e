package io.progress.sse.aop;

import java.io.Serializable;
import java.lang.ref.WeakReference;

import org.jspecify.annotations.Nullable;

import io.progress.sse.ProgressReporter;

/**
 * Replaces a call's reporter among its arguments while they pass through advice. Caches
 * build keys from arguments: this placeholder is equal in all calls, and it does not keep
 * a reporter in memory. The target gets the reporter itself.
 */
final class ReporterArgument extends ForwardingReporter implements Serializable {

	private static final long serialVersionUID = 1L;

	private final transient @Nullable WeakReference<ProgressReporter> reporter;

	ReporterArgument(ProgressReporter reporter) {
		this.reporter = new WeakReference<>(reporter);
	}

	/**
	 * Returns the reporter that an argument stands for.
	 */
	static @Nullable ProgressReporter resolve(@Nullable Object argument) {
		return (argument instanceof ReporterArgument standIn) ? standIn.target() : (ProgressReporter) argument;
	}

	@Override
	ProgressReporter target() {
		ProgressReporter known = (this.reporter != null) ? this.reporter.get() : null;
		return (known != null) ? known : ProgressReporter.noop();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ReporterArgument;
	}

	@Override
	public int hashCode() {
		return ReporterArgument.class.getName().hashCode();
	}

	/** A fixed text, because text keys of caches must be the same in every process. */
	@Override
	public String toString() {
		return "ProgressReporter";
	}

}
