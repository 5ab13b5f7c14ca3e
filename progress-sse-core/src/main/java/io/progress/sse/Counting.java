package io.progress.sse;

import java.io.InputStream;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;

/**
 * Wrappers that count what passes through them.
 */
final class Counting {

	private Counting() {
	}

	static <T extends @Nullable Object> Iterable<T> iterable(ProgressReporter reporter, Iterable<T> items, long total) {
		return () -> {
			announce(reporter, total);
			return new CountingIterator<>(reporter, items.iterator());
		};
	}

	static <T extends @Nullable Object> Stream<T> stream(ProgressReporter reporter, Stream<T> items) {
		Spliterator<T> spliterator = items.spliterator();
		announce(reporter, spliterator.getExactSizeIfKnown());
		return StreamSupport.stream(new CountingSpliterator<>(reporter, spliterator), items.isParallel())
			.onClose(items::close);
	}

	static InputStream stream(ProgressReporter reporter, InputStream in, long length) {
		announce(reporter, length);
		return new CountingInputStream(reporter, in);
	}

	static void announce(ProgressReporter reporter, long total) {
		if (total > 0) {
			reporter.total(total);
		}
	}

	/**
	 * Counts an element when the loop asks for the next one, because only then is the
	 * element done.
	 */
	private static final class CountingIterator<T extends @Nullable Object> implements Iterator<T> {

		private final ProgressReporter reporter;

		private final Iterator<T> items;

		private boolean atWork;

		CountingIterator(ProgressReporter reporter, Iterator<T> items) {
			this.reporter = reporter;
			this.items = items;
		}

		@Override
		public boolean hasNext() {
			finish();
			return this.items.hasNext();
		}

		@Override
		public T next() {
			finish();
			this.reporter.checkCancelled();
			T next = this.items.next();
			this.atWork = true;
			return next;
		}

		@Override
		public void remove() {
			this.items.remove();
		}

		private void finish() {
			if (this.atWork) {
				this.atWork = false;
				this.reporter.advance();
			}
		}

	}

}
