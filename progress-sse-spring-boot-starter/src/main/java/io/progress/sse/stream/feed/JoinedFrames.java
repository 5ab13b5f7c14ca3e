package io.progress.sse.stream.feed;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.progress.sse.stream.format.FrameEncoder;
import io.progress.sse.stream.frame.FrameBuffer;

/**
 * Joins frames for one write. Viewers that are served one after the other are mostly at
 * the same position, so the last result is kept for the next viewer. Used only on one
 * loop.
 */
final class JoinedFrames {

	private @Nullable FrameEncoder encoder;

	private @Nullable FeedEntry first;

	private @Nullable FeedEntry last;

	private int count;

	private byte[] bytes = {};

	/**
	 * Joins the frames of consecutive entries.
	 */
	byte[] join(List<FeedEntry> entries, FrameEncoder encoder) {
		FeedEntry first = entries.get(0);
		if (entries.size() == 1) {
			return first.frame(encoder);
		}
		FeedEntry last = entries.get(entries.size() - 1);
		if (this.first != first || this.last != last || this.count != entries.size() || this.encoder != encoder) {
			FrameBuffer joined = new FrameBuffer();
			entries.forEach((entry) -> joined.write(entry.frame(encoder)));
			this.bytes = joined.toByteArray();
			this.first = first;
			this.last = last;
			this.count = entries.size();
			this.encoder = encoder;
		}
		return this.bytes;
	}

	void clear() {
		this.first = null;
		this.last = null;
		this.bytes = new byte[0];
	}

}
