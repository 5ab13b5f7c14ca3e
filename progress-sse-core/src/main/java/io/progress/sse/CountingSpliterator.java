package io.progress.sse;

import java.util.Comparator;
import java.util.Spliterator;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Counts elements after they have been processed.
 *
 * @param <T> the type of the elements
 */
final class CountingSpliterator<T extends @Nullable Object> implements Spliterator<T> {

	private final ProgressReporter reporter;

	private final Spliterator<T> items;

	CountingSpliterator(ProgressReporter reporter, Spliterator<T> items) {
		this.reporter = reporter;
		this.items = items;
	}

	@Override
	public boolean tryAdvance(Consumer<? super T> action) {
		this.reporter.checkCancelled();
		boolean advanced = this.items.tryAdvance(action);
		if (advanced) {
			this.reporter.advance();
		}
		return advanced;
	}

	@Override
	public @Nullable Spliterator<T> trySplit() {
		Spliterator<T> part = this.items.trySplit();
		return (part != null) ? new CountingSpliterator<>(this.reporter, part) : null;
	}

	@Override
	public long estimateSize() {
		return this.items.estimateSize();
	}

	@Override
	public int characteristics() {
		return this.items.characteristics();
	}

	@Override
	public @Nullable Comparator<? super T> getComparator() {
		return this.items.getComparator();
	}

}
