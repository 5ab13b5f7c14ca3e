package io.progress.sse.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.progress.sse.web.access.JobAccessPolicy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the log says of us when an application is ready.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartupLineTests {

	@Test
	void saysWhatIsOnAndWhere(CapturedOutput output) {
		assertThat(lines(output, Plain.class, "--spring.main.web-application-type=reactive", "--server.port=0",
				"--progress.sse.path=/p", "--progress.sse.cancel.enabled=true",
				"--progress.sse.routes.own.path=/own/{jobId}", "--progress.sse.routes.own.many-path=/owns"))
			.containsExactly(
					"Jobs are kept in memory; webhooks are off; streams are at /p/jobs/{jobId}/events, /p/events,"
							+ " /own/{jobId}, /owns, lists at /p/jobs, cancelling is on; access: owners,"
							+ " and anyone who knows the id of a job without an owner");
	}

	@Test
	void namesThePolicyOfTheApplication(CapturedOutput output) {
		assertThat(lines(output, OwnPolicy.class, "--spring.main.web-application-type=reactive", "--server.port=0"))
			.singleElement()
			.asString()
			.endsWith("cancelling is off; access: by the application's JobAccessPolicy");
	}

	@Test
	void saysThatThereAreNoEndpointsWithoutAServer(CapturedOutput output) {
		assertThat(lines(output, Plain.class, "--spring.main.web-application-type=none")).containsExactly(
				"Jobs are kept in memory; webhooks are off; there are no endpoints, because this is not a web application");
	}

	/** What is logged of us until the application is closed. */
	private static List<String> lines(CapturedOutput output, Class<?> configuration, String... arguments) {
		String[] all = Stream
			.concat(Arrays.stream(arguments), Stream.of("--logging.level.io.progress.sse.autoconfigure=info"))
			.toArray(String[]::new);
		SpringApplication.run(configuration, all).close();
		return output.toString()
			.lines()
			.filter((line) -> line.contains("StartupLine - "))
			.map((line) -> line.replaceFirst(".* - ", ""))
			.toList();
	}

	@EnableAutoConfiguration
	@Configuration(proxyBeanMethods = false)
	static class Plain {

	}

	@EnableAutoConfiguration
	@Configuration(proxyBeanMethods = false)
	static class OwnPolicy {

		@Bean
		JobAccessPolicy everyone() {
			return (caller, job, action) -> Mono.just(true);
		}

	}

}
