package io.progress.sse.aop;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.progress.sse.ProgressReporter;
import io.progress.sse.TrackProgress;
import io.progress.sse.autoconfigure.ProgressAutoConfiguration;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The annotation's machinery.
 */
@ExtendWith(OutputCaptureExtension.class)
class TrackProgressAutoConfigurationTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(ProgressAutoConfiguration.class, TrackProgressAutoConfiguration.class));

	@Test
	void tracksMethodsAndGivesAReporterToInject() {
		this.application.withBean(Work.class).run((context) -> {
			assertThat(context).hasSingleBean(CurrentReporter.class);
			assertThat(context.getBean(Work.class).work()).isTrue();
			assertThat(context.getBean(InMemoryProgressEventStore.class).jobs()).isEqualTo(1);
		});
	}

	@Test
	void leavesTheReporterToTheApplication() {
		this.application.withBean("mine", ProgressReporter.class, ProgressReporter::noop)
			.run((context) -> assertThat(context).doesNotHaveBean(CurrentReporter.class));
	}

	@Test
	void makesNoBeanTooEarly(CapturedOutput output) {
		this.application.withBean(Work.class).run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("is not eligible for getting processed by all BeanPostProcessors");
	}

	static class Work {

		@TrackProgress
		boolean work() {
			return ProgressReporter.current().isActive();
		}

	}

}
