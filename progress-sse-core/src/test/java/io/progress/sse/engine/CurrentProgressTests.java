package io.progress.sse.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.RequestContext;
import io.progress.sse.Scope;
import io.progress.sse.event.JobId;

import static org.assertj.core.api.Assertions.assertThat;

class CurrentProgressTests {

	@RegisterExtension
	final TestTracker test = new TestTracker();

	private final ExecutorService pool = Executors.newSingleThreadExecutor();

	@AfterEach
	void shutDown() {
		this.pool.shutdown();
	}

	@Nested
	class OnOneThread {

		@Test
		void isNothingOutsideAJob() {
			assertThat(ProgressReporter.current()).isSameAs(ProgressReporter.noop());
			assertThat(ProgressReporter.current().jobId()).isEmpty();
			ProgressReporter.current().split(1).batch(3).succeeded();
		}

		@Test
		void isAStack() {
			ProgressJob outer = test.running();
			ProgressJob inner = test.running();
			Scope outerScope = outer.activate();
			Scope innerScope = inner.activate();
			assertThat(ProgressReporter.current()).isSameAs(inner.reporter());
			innerScope.close();
			assertThat(ProgressReporter.current()).isSameAs(outer.reporter());
			outerScope.close();
			assertThat(ProgressReporter.current()).isSameAs(ProgressReporter.noop());
		}

	}

	@Nested
	class OnOtherThreads {

		@Test
		void isNotInheritedByAThreadThatAJobMakes() {
			Scope scope = test.running().activate();
			assertThat(seenInPool()).isSameAs(ProgressReporter.noop());
			scope.close();
		}

		@Test
		void isNotLeftBehindOnAPoolThread() {
			ProgressJob job = test.running();
			CompletableFuture.runAsync(() -> {
				Scope scope = job.activate();
				job.reporter().advance();
				scope.close();
			}, pool).join();
			assertThat(seenInPool()).isSameAs(ProgressReporter.noop());
		}

		@Test
		void isNotDisturbedByAScopeThatIsClosedElsewhere() {
			ProgressJob job = test.running();
			Scope elsewhere = test.running().activate();
			CompletableFuture.runAsync(job::activate, pool).join();
			CompletableFuture.runAsync(elsewhere::close, pool).join();
			assertThat(seenInPool()).isSameAs(job.reporter());
			elsewhere.close();
		}

	}

	@Nested
	class WithContextPropagation {

		private final ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder().clearMissing(true).build();

		@Test
		void followsTheWork() {
			ProgressJob job = test.running();
			Scope scope = job.activate();
			ContextSnapshot snapshot = this.snapshots.captureAll();
			scope.close();
			assertThat(CompletableFuture.supplyAsync(() -> {
				try (ContextSnapshot.Scope restored = snapshot.setThreadLocals()) {
					assertThat(restored).isNotNull();
					return ProgressReporter.current();
				}
			}, pool).join()).isSameAs(job.reporter());
			assertThat(seenInPool()).isSameAs(ProgressReporter.noop());
		}

		@Test
		void takesAStaleOneAway() {
			ContextSnapshot empty = this.snapshots.captureAll();
			ProgressJob job = test.running();
			Scope scope = job.activate();
			try (ContextSnapshot.Scope cleared = empty.setThreadLocals()) {
				assertThat(cleared).isNotNull();
				assertThat(ProgressReporter.current()).isSameAs(ProgressReporter.noop());
			}
			assertThat(ProgressReporter.current()).isSameAs(job.reporter());
			scope.close();
		}

		@Test
		void carriesTheRequestAsWell() {
			RequestContext request = new RequestContext(JobId.of("wanted"), "ada", (job) -> {
			});
			Scope scope = request.activate();
			ContextSnapshot snapshot = this.snapshots.captureAll();
			scope.close();
			assertThat(RequestContext.current()).isNull();
			assertThat(CompletableFuture.supplyAsync(() -> {
				try (ContextSnapshot.Scope restored = snapshot.setThreadLocals()) {
					assertThat(restored).isNotNull();
					return RequestContext.current();
				}
			}, pool).join()).isSameAs(request);
		}

	}

	private ProgressReporter seenInPool() {
		return CompletableFuture.supplyAsync(ProgressReporter::current, this.pool).join();
	}

}
