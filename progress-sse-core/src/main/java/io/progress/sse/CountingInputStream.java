package io.progress.sse;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Counts bytes as they are read. Bytes that are read again after a reset count once.
 */
final class CountingInputStream extends FilterInputStream {

	private final ProgressReporter reporter;

	private long position;

	private long marked;

	private long counted;

	CountingInputStream(ProgressReporter reporter, InputStream in) {
		super(in);
		this.reporter = reporter;
	}

	@Override
	public int read() throws IOException {
		this.reporter.checkCancelled();
		int read = super.read();
		moved((read >= 0) ? 1 : 0);
		return read;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		this.reporter.checkCancelled();
		int read = super.read(bytes, offset, length);
		moved(read);
		return read;
	}

	@Override
	public long skip(long wanted) throws IOException {
		this.reporter.checkCancelled();
		long skipped = super.skip(wanted);
		moved(skipped);
		return skipped;
	}

	@Override
	public synchronized void mark(int readLimit) {
		super.mark(readLimit);
		this.marked = this.position;
	}

	@Override
	public synchronized void reset() throws IOException {
		super.reset();
		this.position = this.marked;
	}

	private void moved(long bytes) {
		if (bytes > 0) {
			this.position += bytes;
			if (this.position > this.counted) {
				this.reporter.advance(this.position - this.counted);
				this.counted = this.position;
			}
		}
	}

}
