package io.progress.sse.tail;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TailLoopTests {

	private final ManualWorker worker = new ManualWorker();

	private final TailLoop loop = new TailLoop(this.worker);

	private final List<String> done = new ArrayList<>();

	@Test
	void wakesItsWorkerOnceForAllThatIsDue() {
		this.loop.execute(() -> this.done.add("one"));
		this.loop.execute(() -> this.done.add("two"));
		assertThat(this.worker.due).hasSize(1);
		this.worker.runNext();
		assertThat(this.done).containsExactly("one", "two");
		assertThat(this.worker.due).isEmpty();
	}

	@Test
	void letsOthersHaveTheirTurnBeforeWhatBecameDueMeanwhile() {
		this.loop.execute(() -> this.loop.execute(() -> this.done.add("later")));
		this.worker.runNext();
		assertThat(this.done).isEmpty();
		this.worker.runNext();
		assertThat(this.done).containsExactly("later");
	}

	@Test
	void goesOnBehindATaskThatFails() {
		this.loop.execute(() -> {
			throw new AssertionError("planned");
		});
		this.loop.execute(() -> this.done.add("next"));
		assertThatThrownBy(this.worker::runNext).hasMessage("planned");
		this.worker.runNext();
		assertThat(this.done).containsExactly("next");
	}

	@Test
	void refusesTasksOnceItsSchedulerIsGone() {
		this.worker.disposed = true;
		for (int i = 0; i < 2; i++) {
			assertThatThrownBy(() -> this.loop.execute(() -> this.done.add("never")))
				.isInstanceOf(RejectedExecutionException.class);
		}
	}

	private static final class ManualWorker implements Scheduler.Worker {

		private final List<Runnable> due = new ArrayList<>();

		private boolean disposed;

		void runNext() {
			this.due.remove(0).run();
		}

		@Override
		public Disposable schedule(Runnable task) {
			if (this.disposed) {
				throw new RejectedExecutionException("The scheduler is gone");
			}
			this.due.add(task);
			return () -> this.due.remove(task);
		}

		@Override
		public void dispose() {
			this.disposed = true;
		}

	}

}
