package io.progress.sse.engine;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.progress.sse.Phase;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.event.EventKind;
import io.progress.sse.event.ProgressEvent;

import static org.assertj.core.api.Assertions.assertThat;

class PhaseTests {

	@RegisterExtension
	final TestTracker test = new TestTracker();

	private ProgressJob job;

	@Nested
	class WithoutAPlan {

		@Test
		void eachIsToldAtOnceAndInOrder() {
			ProgressReporter progress = begin();
			progress.phase("reading");
			progress.phase("writing");
			assertThat(phases()).containsExactly("reading", "writing");
			assertThat(test.last(job).kind()).isEqualTo(EventKind.MILESTONE);
		}

		@Test
		void isToldWithTheCountersOfItsMoment() {
			ProgressReporter progress = begin();
			progress.report(3, 10);
			progress.phase("reading");
			assertThat(test.last(job).progress().completed()).isEqualTo(3);
		}

		@Test
		void enteringTheCurrentPhaseAgainDoesNothing() {
			ProgressReporter progress = begin();
			progress.phase("reading");
			progress.phase("reading");
			test.tick();
			assertThat(phases()).containsExactly("reading");
		}

		@Test
		void isOnlyALabel() {
			ProgressReporter progress = begin();
			progress.report(3, 10);
			progress.phase("reading");
			progress.advance();
			test.tick();
			assertThat(test.last(job).progress().fraction()).isEqualTo(0.4);
		}

		@Test
		void tooManyPerSecondBecomeFewAndSaySo() {
			ProgressReporter progress = begin();
			for (int i = 0; i < 1000; i++) {
				progress.phase("element " + i);
			}
			assertThat(phases()).hasSize(20);
			test.tick();
			assertThat(phases()).hasSize(21);
			assertThat(test.last(job).phase()).isEqualTo("element 999");
			assertThat(test.last(job).coalesced()).isEqualTo(979);
		}

		@Test
		void tooManyForLongAreTwentyASecond() {
			ProgressReporter progress = begin();
			int[] element = new int[1];
			for (int millis = 0; millis < 10_000; millis++) {
				progress.phase("element " + element[0]++);
				test.pass(Duration.ofMillis(1));
			}
			assertThat(test.events(job).stream().filter((event) -> event.kind() == EventKind.MILESTONE))
				.hasSizeBetween(200, 230);
			job.done();
			long told = phases().size();
			assertThat(told + hidden()).isEqualTo(10_000);
		}

		@Test
		void theLastOfManyIsOnTheEnd() {
			ProgressReporter progress = begin();
			for (int i = 0; i < 100; i++) {
				progress.phase("element " + i);
			}
			job.done();
			assertThat(test.last(job).phase()).isEqualTo("element 99");
		}

	}

	@Nested
	class WithAPlan {

		@Test
		void eachFillsItsShare() {
			ProgressReporter progress = begin();
			progress.plan(Phase.of("reading", 1), Phase.of("rendering", 3));
			assertThat(fraction()).isZero();
			progress.phase("reading");
			progress.report(1, 2);
			assertThat(fraction()).isEqualTo(0.125);
			progress.phase("rendering");
			assertThat(fraction()).isEqualTo(0.25);
			progress.total(100);
			progress.advance(50);
			assertThat(fraction()).isEqualTo(0.625);
			assertThat(test.last(job).progress().completed()).isEqualTo(50);
		}

		@Test
		void oneThatIsSkippedLeavesNoHole() {
			ProgressReporter progress = begin();
			progress.plan(Phase.of("a"), Phase.of("b"), Phase.of("c"), Phase.of("d"));
			progress.phase("a");
			progress.phase("d");
			assertThat(fraction()).isEqualTo(0.75);
			progress.fraction(1);
			assertThat(fraction()).isEqualTo(1);
		}

		@Test
		void theCurrentOneAgainKeepsItsCounters() {
			ProgressReporter progress = begin();
			progress.plan(Phase.of("a"), Phase.of("b"));
			progress.phase("a");
			progress.report(1, 2);
			progress.phase("a");
			assertThat(fraction()).isEqualTo(0.25);
			assertThat(phases()).containsExactly("a");
		}

		@Test
		void anEarlierOneAgainIsALabel() {
			ProgressReporter progress = begin();
			progress.plan(Phase.of("a"), Phase.of("b"));
			progress.phase("a");
			progress.phase("b");
			progress.report(1, 2);
			progress.phase("a");
			assertThat(fraction()).isEqualTo(0.75);
			assertThat(phases()).containsExactly("a", "b", "a");
		}

		@Test
		void anUnknownOneIsALabel() {
			ProgressReporter progress = begin();
			progress.plan(Phase.of("a"), Phase.of("b"));
			progress.phase("a");
			progress.report(1, 2);
			progress.phase("surprise");
			assertThat(fraction()).isEqualTo(0.25);
			assertThat(test.last(job).phase()).isEqualTo("surprise");
		}

		@Test
		void noPlannedPhaseIsDelayed() {
			ProgressReporter progress = begin();
			Phase[] plan = new Phase[500];
			for (int i = 0; i < plan.length; i++) {
				plan[i] = Phase.of("step " + i);
			}
			progress.plan(plan);
			for (Phase phase : plan) {
				progress.phase(phase.name());
			}
			assertThat(phases()).hasSize(500).doesNotHaveDuplicates();
			assertThat(hidden()).isZero();
		}

		@Test
		void partsOfAPhaseEndWithIt() {
			ProgressReporter progress = begin();
			progress.plan(Phase.of("a"), Phase.of("b"));
			progress.phase("a");
			progress.total(2);
			ProgressReporter part = progress.split(1);
			progress.phase("b");
			part.fraction(1);
			assertThat(part.isActive()).isFalse();
			assertThat(fraction()).isEqualTo(0.5);
		}

	}

	private ProgressReporter begin() {
		this.job = this.test.running();
		return this.job.reporter();
	}

	private double fraction() {
		this.test.tick();
		return this.test.last(this.job).progress().fraction();
	}

	/** The phases that viewers saw, each run of the same once. */
	private List<String> phases() {
		List<String> all = this.test.events(this.job)
			.stream()
			.map(ProgressEvent::phase)
			.filter((phase) -> phase != null)
			.toList();
		return IntStream.range(0, all.size())
			.filter((i) -> i == 0 || !all.get(i).equals(all.get(i - 1)))
			.mapToObj(all::get)
			.toList();
	}

	private long hidden() {
		return this.test.events(this.job).stream().mapToLong(ProgressEvent::coalesced).sum();
	}

}
