package io.progress.sse.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.mock.env.MockEnvironment;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.store.ProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The name of a process: given, or that of its host.
 */
class NodeNameTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProgressAutoConfiguration.class));

	@Test
	void jobsSayOnWhichNodeTheyRun() {
		this.application.withPropertyValues("progress.sse.node=Büro 2").run((context) -> {
			ProgressJob job = context.getBean(ProgressTracker.class).open(JobSpec.named("export"));
			assertThat(context.getBean(ProgressEventStore.class).read(job.id(), null, 0).block().job().node())
				.isEqualTo("Büro 2");
		});
	}

	@Test
	void itIsTheHostAndThePortIfThatIsSet() {
		assertThat(of("HOSTNAME", "pod-7")).isEqualTo("pod-7");
		assertThat(of("HOSTNAME", "pod-7", "server.port", "8081")).isEqualTo("pod-7:8081");
		assertThat(of("HOSTNAME", "pod-7", "server.port", "0")).isEqualTo("pod-7");
		assertThat(of("COMPUTERNAME", "DESK", "server.port", "none")).isEqualTo("DESK");
	}

	@Test
	void anyHostHasAName() {
		assertThat(of("HOSTNAME", " ")).isNotBlank();
		assertThat(of("HOSTNAME", "h".repeat(200), "server.port", "65535")).hasSize(100).endsWith("h:65535");
		assertThat(of("HOSTNAME", "a\nb")).isEqualTo("ab");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\u0007b", "a\u202eb", "\u2028" })
	void aNameThatCannotBePrintedIsRefused(String name) {
		assertRefused(name);
	}

	@Test
	void aNameThatIsTooLongOrEmptyIsRefused() {
		assertRefused("n".repeat(101));
		assertRefused("");
	}

	private void assertRefused(String name) {
		this.application
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("test", Map.of("progress.sse.node", name))))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'progress.sse.node' must be 1 to 100 printable characters, but is '"));
	}

	private static String of(String... properties) {
		MockEnvironment environment = new MockEnvironment();
		for (int i = 0; i < properties.length; i += 2) {
			environment.setProperty(properties[i], properties[i + 1]);
		}
		return NodeName.of(environment);
	}

}
