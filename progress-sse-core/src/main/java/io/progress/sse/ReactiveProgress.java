package io.progress.sse;

import java.util.function.Function;

import reactor.core.publisher.Flux;

/**
 * Reactor operators that report progress.
 */
public final class ReactiveProgress {

	private ReactiveProgress() {
	}

	/**
	 * Counts elements as they pass. For use with {@link Flux#transform}.
	 * @param <T> the type of the elements
	 * @param reporter where to count
	 * @param total how many there are, set at each subscription; 0 if not known
	 * @return the same elements; if the job was asked to stop, a
	 * {@link JobCancelledException} is signalled in place of the next element
	 */
	public static <T> Function<Flux<T>, Flux<T>> counting(ProgressReporter reporter, long total) {
		return (elements) -> elements.doOnSubscribe((subscription) -> Counting.announce(reporter, total))
			.doOnNext((element) -> {
				reporter.checkCancelled();
				reporter.advance();
			});
	}

}
