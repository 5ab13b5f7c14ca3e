package io.progress.sse.engine;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.RequestContext;
import io.progress.sse.Scope;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whose a job is.
 */
class OwnerTests {

	@RegisterExtension
	final TestTracker test = new TestTracker((settings) -> settings.currentUser(this::user));

	private @Nullable String user = "current";

	private boolean broken;

	@Test
	void isTakenFromTheSpecification() {
		assertThat(inRequestOf("caller", JobSpec.named("test").withOwner("named"))).isEqualTo("named");
	}

	@Test
	void isElseTheCaller() {
		assertThat(inRequestOf("caller", JobSpec.named("test"))).isEqualTo("caller");
	}

	@Test
	void isElseTheUserThatTheThreadKnows() {
		assertThat(inRequestOf(null, JobSpec.named("test"))).isEqualTo("current");
		assertThat(owner(JobSpec.named("test"))).isEqualTo("current");
	}

	@Test
	void isTheOwnerOfTheParent() {
		ProgressJob parent = this.test.tracker.open(JobSpec.named("parent").withOwner("parent"));
		assertThat(inRequestOf("caller", JobSpec.named("child").withParent(parent.id()))).isEqualTo("parent");
	}

	@Test
	void isAbsentIfNoUserIsKnown() {
		this.user = null;
		assertThat(owner(JobSpec.named("test"))).isNull();
		this.broken = true;
		assertThat(owner(JobSpec.named("test"))).isNull();
	}

	@Test
	void isAbsentForABlankName() {
		this.user = " ";
		assertThat(inRequestOf("", JobSpec.named("test"))).isNull();
	}

	@Test
	void isAbsentIfTheSpecificationSaysSo() {
		assertThat(inRequestOf("caller", JobSpec.named("test").withOwner(null))).isNull();
		assertThat(owner(JobSpec.named("test").withOwner(" "))).isNull();
		ProgressJob parent = this.test.tracker.open(JobSpec.named("parent").withOwner("parent"));
		assertThat(inRequestOf("caller", JobSpec.named("child").withParent(parent.id()).withOwner(null))).isNull();
	}

	@Test
	void isAbsentForTheChildOfAJobWithoutOwner() {
		ProgressJob parent = this.test.tracker.open(JobSpec.named("parent").withOwner(null));
		assertThat(inRequestOf("caller", JobSpec.named("child").withParent(parent.id()))).isNull();
	}

	@Test
	void canBeNamedAgainAfterwards() {
		assertThat(owner(JobSpec.named("test").withOwner(null).withOwner("named"))).isEqualTo("named");
	}

	private @Nullable String user() {
		if (this.broken) {
			throw new IllegalStateException("no such user");
		}
		return this.user;
	}

	private @Nullable String inRequestOf(@Nullable String caller, JobSpec spec) {
		Scope scope = new RequestContext(null, caller, (job) -> {
		}).activate();
		try {
			return owner(spec);
		}
		finally {
			scope.close();
		}
	}

	private @Nullable String owner(JobSpec spec) {
		return ((TrackedJob) this.test.tracker.open(spec)).info().owner();
	}

}
