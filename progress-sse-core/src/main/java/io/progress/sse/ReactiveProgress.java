package io.progress.sse;

import java.util.function.Function;

import reactor.core.publisher.Flux;

/**
 * Progress of reactive pipelines.
 */
public final class ReactiveProgress {

	private ReactiveProgress() {
	}

	/**
	 * Counts elements as they pass: {@code flux.transform(counting(progress, total))}.
	 * Sets the total at subscription.
	 * @param <T> the type of the elements
	 * @param reporter where to count
	 * @param total how many elements there are; 0 if not known
	 * @return passes all signals on; signals {@link JobCancelledException} in place of
	 * the next element if somebody asked for the job to stop
	 */
	public static <T> Function<Flux<T>, Flux<T>> counting(ProgressReporter reporter, long total) {
		return (elements) -> elements.doFirst(() -> reporter.total(total)).doOnNext((element) -> {
			reporter.checkCancelled();
			reporter.advance();
		});
	}

}
