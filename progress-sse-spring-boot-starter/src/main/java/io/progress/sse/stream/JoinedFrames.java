package io.progress.sse.stream;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Joins frames for one write. Viewers that are served one after the other mostly stand at
 * the same place, so what was joined last is kept for the next. Confined to a loop.
 */
final class JoinedFrames {

	private @Nullable Shape shape;

	private @Nullable Entry first;

	private @Nullable Entry last;

	private int count;

	private byte[] bytes = {};

	/**
	 * Joins the frames of entries that follow each other.
	 */
	byte[] join(List<Entry> entries, Shape shape) {
		Entry first = entries.get(0);
		if (entries.size() == 1) {
			return first.frame(shape);
		}
		Entry last = entries.get(entries.size() - 1);
		if (this.first != first || this.last != last || this.count != entries.size() || this.shape != shape) {
			FrameBuffer joined = new FrameBuffer();
			entries.forEach((entry) -> joined.write(entry.frame(shape)));
			this.bytes = joined.toByteArray();
			this.first = first;
			this.last = last;
			this.count = entries.size();
			this.shape = shape;
		}
		return this.bytes;
	}

	void clear() {
		this.first = null;
		this.last = null;
		this.bytes = new byte[0];
	}

}
