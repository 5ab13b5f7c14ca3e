package io.progress.sse.stream.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Loops of viewers whose tasks fail, or whose event loop has stopped.
 */
class ViewerLoopTests {

	@Test
	void aLoopGoesOnBehindATaskThatFails() {
		List<Runnable> due = new ArrayList<>();
		List<String> done = new ArrayList<>();
		ViewerLoop loop = new ViewerLoop(due::add);
		loop.execute(() -> {
			throw new AssertionError("planned");
		});
		loop.execute(() -> done.add("next"));
		due.remove(0).run();
		loop.execute(() -> done.add("later"));
		due.remove(0).run();
		assertThat(done).containsExactly("next", "later");
	}

	@Test
	void aLoopThatTakesNoTasksKeepsNone() {
		ViewerLoop loop = new ViewerLoop((task) -> {
			throw new RejectedExecutionException("planned");
		});
		List<String> done = new ArrayList<>();
		loop.execute(() -> done.add("never"));
		loop.execute(() -> done.add("never"));
		loop.run();
		assertThat(done).isEmpty();
	}

}
