package io.progress.sse.aop;

import java.util.function.BiConsumer;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

import io.progress.sse.JobSpec;
import io.progress.sse.Nesting;
import io.progress.sse.Phase;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;
import io.progress.sse.TrackProgress;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Note;
import io.progress.sse.event.Progress;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A tracked method that is called inside another job.
 */
class NestedMethodTests {

	@Test
	void isAPhaseOfTheJobAround() {
		run((work, progress) -> {
			progress.report(1, 4);
			work.phase(ProgressReporter.current());
			assertThat(ProgressReporter.current()).isSameAs(progress);
		}, (jobs) -> {
			assertThat(jobs.phases(jobs.only().id())).containsExactly("zipping");
			assertThat(jobs.end().progress().completed()).isEqualTo(1);
			assertThat(jobs.end().progress().total()).isEqualTo(4);
		});
	}

	@Test
	void fillsTheShareThatItsCallerSplitOff() {
		run((work, progress) -> {
			progress.report(1, 4);
			work.phase(progress.split(2));
		}, (jobs) -> {
			assertThat(jobs.end().progress().fraction()).isEqualTo(0.75);
			assertThat(jobs.only().name()).isEqualTo("outer");
		});
	}

	@Test
	void startsNoPhaseOfItsOwnForTheReporterOfTheJobAround() {
		run((work, progress) -> {
			progress.total(4);
			work.phase(progress);
			progress.advance();
		}, (jobs) -> assertThat(jobs.end().progress().fraction()).isEqualTo(0.25));
	}

	@Test
	void carriesTheWholeFractionOfAJobThatOnlyCallsIt() {
		run((work, progress) -> work.render(progress, 4), (jobs) -> {
			assertThat(jobs.fractions()).containsExactly(0.0, 0.25, 0.5, 0.75, 1.0);
			assertThat(jobs.end().progress()).isEqualTo(new Progress(1.0, 4L, 4L, "pages", null, null));
			assertThat(jobs.only().name()).isEqualTo("outer");
		});
	}

	@Test
	void sharesTheFractionWithOthersLikeIt() {
		run((work, progress) -> {
			work.phase(progress);
			work.render(progress, 4);
		}, (jobs) -> {
			assertThat(jobs.phases(jobs.only().id())).containsExactly("zipping", "rendering");
			assertThat(jobs.end().progress().fraction()).isEqualTo(1);
		});
	}

	@Test
	void fillsTheShareOfThePlannedPhaseThatHasItsName() {
		run((work, progress) -> {
			progress.plan(Phase.of("zipping"), Phase.of("rendering", 2), Phase.of("sending"));
			work.phase(progress);
			work.render(progress, 2);
			progress.phase("sending");
		}, (jobs) -> {
			assertThat(jobs.fractions()).containsExactly(0.0, 0.25, 0.5, 0.75);
			assertThat(jobs.end().progress().fraction()).isEqualTo(0.75);
		});
	}

	@Test
	void isAJobThatKnowsItsParentWhenAsked() {
		run((work, progress) -> work.child(progress), (jobs) -> {
			JobInfo child = jobs.started().get(1);
			assertThat(child.parent()).isEqualTo(jobs.started().get(0).id());
			assertThat(jobs.end("outer").data()).containsEntry("childId", child.id().value());
			assertThat(jobs.end("child").progress().completed()).isEqualTo(5);
		});
	}

	@Test
	void isNothingWhenAsked() {
		run((work, progress) -> work.ignored(progress), (jobs) -> {
			assertThat(jobs.end().progress().completed()).isEqualTo(5);
			assertThat(jobs.phases(jobs.only().id())).isEmpty();
		});
	}

	@Test
	void isAJobOfItsOwnOnAnotherThread() {
		run((work, progress) -> work.behind(progress), (jobs) -> {
			assertThat(jobs.end("behind").state()).isEqualTo(JobState.DONE);
			assertThat(jobs.started().get(1).parent()).isEqualTo(jobs.started().get(0).id());
		});
	}

	@Test
	void doesNotEndTheJobAroundWithItsException() {
		run((work, progress) -> {
			try {
				work.fail(progress);
			}
			catch (IllegalStateException ex) {
				progress.message("went on");
			}
		}, (jobs) -> assertThat(jobs.end().state()).isEqualTo(JobState.DONE));
	}

	@Test
	void isAJobWhenItsCallerHasEnded() {
		TrackedApplication.with(Config.class).run((context) -> {
			ProgressReporter[] dead = new ProgressReporter[1];
			ProgressTracker tracker = context.getBean(ProgressTracker.class);
			tracker.run(JobSpec.named("outer"), (progress) -> dead[0] = progress);
			context.getBean(Work.class).phase(dead[0]);
			assertThat(context.getBean(RecordedJobs.class).end("zipping").progress().completed()).isEqualTo(5);
		});
	}

	private static void run(BiConsumer<Work, ProgressReporter> outer, java.util.function.Consumer<RecordedJobs> check) {
		TrackedApplication.with(Config.class).run((context) -> {
			Work work = context.getBean(Work.class);
			context.getBean(ProgressTracker.class).run(JobSpec.named("outer"), (progress) -> {
				outer.accept(work, progress);
				return null;
			});
			check.accept(context.getBean(RecordedJobs.class));
		});
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	@Import(Work.class)
	static class Config {

	}

	static class Work {

		@TrackProgress("zipping")
		void phase(ProgressReporter progress) {
			progress.report(5, 5);
		}

		@TrackProgress("rendering")
		void render(ProgressReporter progress, int pages) {
			progress.unit("pages");
			for (int page : progress.each(IntStream.range(0, pages).boxed().toList())) {
				progress.note(Note.Level.INFO, "page " + page);
			}
			progress.note(Note.Level.INFO, "rendered");
		}

		@TrackProgress(value = "child", nested = Nesting.CHILD_JOB)
		void child(ProgressReporter progress) {
			progress.report(5, 5);
		}

		@TrackProgress(value = "ignored", nested = Nesting.IGNORE)
		void ignored(ProgressReporter progress) {
			progress.report(5, 5);
		}

		@Async
		@TrackProgress("behind")
		void behind(ProgressReporter progress) {
		}

		@TrackProgress("failing")
		void fail(ProgressReporter progress) {
			throw new IllegalStateException();
		}

	}

}
