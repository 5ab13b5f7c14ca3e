package io.progress.sse.stream.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The viewers of one feed on one loop. An event wakes the loop once for all of them.
 */
final class FeedViewers implements Runnable {

	private final ViewerLoop loop;

	private final AtomicBoolean awake = new AtomicBoolean();

	/** Used only on the loop. */
	private final List<Viewer> viewers = new ArrayList<>();

	FeedViewers(ViewerLoop loop) {
		this.loop = loop;
	}

	ViewerLoop loop() {
		return this.loop;
	}

	void wake() {
		if (this.awake.compareAndSet(false, true)) {
			this.loop.execute(this);
		}
	}

	@Override
	public void run() {
		this.awake.set(false);
		// Backwards, because a viewer may leave during the loop, and then the last one
		// moves to its index.
		for (int i = this.viewers.size() - 1; i >= 0; i--) {
			this.viewers.get(i).drainNow();
		}
	}

	void add(Viewer viewer) {
		this.viewers.add(viewer);
	}

	void remove(Viewer viewer) {
		int i = this.viewers.indexOf(viewer);
		if (i >= 0) {
			Viewer last = this.viewers.remove(this.viewers.size() - 1);
			if (last != viewer) {
				this.viewers.set(i, last);
			}
		}
	}

}
