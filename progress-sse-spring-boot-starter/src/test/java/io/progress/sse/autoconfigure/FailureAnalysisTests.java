package io.progress.sse.autoconfigure;

import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.progress.sse.TrackProgress;
import io.progress.sse.aop.TrackProgressAutoConfiguration;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.stream.format.ProgressEventFormat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What the log says if an application does not start because of us.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalysisTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProgressAutoConfiguration.class, ProgressStreamAutoConfiguration.class,
				TrackProgressAutoConfiguration.class));

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					publish-interval=1ms                 | must be at least 50ms, but is 1ms                                  | Change 'progress.sse.publish-interval', or remove it to get its default.
					max-duration=400d                    | must be at most 31536000000ms, but is 34560000000ms                | Change 'progress.sse.max-duration', or remove it to get its default.
					executor.bean=none                   | must be the name of a bean of type Executor, but is 'none'         | Change 'progress.sse.executor.bean', or remove
					path=/a b                            | must consist of parts between single slashes                       | Change 'progress.sse.path', or remove
					job-id-header=Host                   | must be a header that has no other meaning                         | Change 'progress.sse.job-id-header', or remove
					cors.allowed-origins=example.com     | must be origins as browsers send them                              | Change 'progress.sse.cors.allowed-origins', or remove
					list.admin-role=ROLE_ADMIN           | must be a role without the prefix ROLE_                            | Change 'progress.sse.list.admin-role', or remove
					format=yaml                          | must be one of [standard, phase, percent, stage, status], but is 'yaml' | Change 'progress.sse.format', or remove
					retention.events=48h                 | because events are kept together with the result, but is           | Change 'progress.sse.retention.events', or remove
					routes.myOwn.path=/x/{jobId:[0-9]+}  | must contain {jobId} without a pattern                             | Change 'progress.sse.routes.myOwn.path', or remove
					routes.a.path=/progress/jobs/{jobId} | must differ from the path of 'progress.sse.path'                   | Give one of the two another path.
					webhooks.enabled=true                | must be false unless io.progress-sse:progress-sse-webhooks         | Add that dependency, or remove the setting.
					redis.enabled=true                   | must be false unless io.progress-sse:progress-sse-redis            | Add that dependency, or remove the setting.
					redis.required=true                  | must be false unless io.progress-sse:progress-sse-redis            | Add that dependency, or remove the setting.
					""")
	void aSettingThatBreaksARule(String property, String rule, String remedy) {
		this.application.withPropertyValues("progress.sse." + property).run((context) -> {
			FailureAnalysis analysis = analysis(context.getStartupFailure());
			String key = property.substring(0, property.indexOf('='));
			assertThat(analysis.getDescription()).contains("'progress.sse." + key + "' ").contains(rule);
			assertThat(analysis.getAction()).startsWith(remedy);
		});
	}

	@Test
	void twoRoutesOfOnePath() {
		this.application
			.withPropertyValues("progress.sse.routes.a.path=/own/{jobId}", "progress.sse.routes.b.path=/own/{jobId}")
			.run((context) -> {
				FailureAnalysis analysis = analysis(context.getStartupFailure());
				assertThat(analysis.getDescription())
					.startsWith("'progress.sse.routes.b.path' must differ from the path of"
							+ " 'progress.sse.routes.a.path', but is '/own/{jobId}'.");
				assertThat(analysis.getAction()).isEqualTo("Give one of the two another path.");
			});
	}

	@ParameterizedTest
	@ValueSource(classes = { PrivateMethod.class, StaticMethod.class, FinalMethod.class, StreamMethod.class,
			Expression.class, Placeholder.class })
	void aTrackedMethodThatBreaksARule(Class<?> bean) {
		this.application.withUserConfiguration(bean).run((context) -> {
			FailureAnalysis analysis = analysis(context.getStartupFailure());
			assertThat(analysis.getDescription()).startsWith("@TrackProgress method '")
				.contains(bean.getSimpleName() + ".work")
				.endsWith(".");
			assertThat(analysis.getAction()).isNotBlank().endsWith(".").doesNotContain("@TrackProgress");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "Not A Name", "standard" })
	void aFormatWhoseNameBreaksARule(String name) {
		this.application.withBean(ProgressEventFormat.class, () -> new Named(name)).run((context) -> {
			FailureAnalysis analysis = analysis(context.getStartupFailure());
			assertThat(analysis.getDescription()).startsWith("The 'name' of a format must ").contains("'" + name + "'");
			assertThat(analysis.getAction()).startsWith("Let ");
		});
	}

	@Test
	void aCustomizerThatBreaksARule() {
		this.application.withBean(ProgressTrackerBuilderCustomizer.class, () -> (builder) -> builder.outboxCapacity(1))
			.run((context) -> {
				FailureAnalysis analysis = analysis(context.getStartupFailure());
				assertThat(analysis.getDescription()).isEqualTo("'outboxCapacity' must be at least 8, but is 1.");
				assertThat(analysis.getAction()).isEqualTo("Change 'outboxCapacity' where the application sets it.");
			});
	}

	@Test
	void theLogOfAFailedStartNamesKeyValueRuleRemedyAndOrigin(CapturedOutput output) {
		assertThatThrownBy(() -> start(Empty.class, "--spring.main.web-application-type=none",
				"--progress.sse.cors.allowed-origins=https://a.example,https://*.example.com"));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("""
					Description:

					'progress.sse.cors.allowed-origins' must be origins as browsers send them""")
			.contains("but is 'https://*.example.com'.")
			.contains("Origin: \"progress.sse.cors.allowed-origins\" from property source \"commandLineArgs\"")
			.contains("""
					Action:

					Change 'progress.sse.cors.allowed-origins', or remove it to get its default.""");
	}

	@Test
	void theLogOfAFailedStartNamesTheControllerThatWouldGetNoRequest(CapturedOutput output) {
		assertThatThrownBy(() -> start(Taken.class, "--server.port=0", "--spring.main.web-application-type=reactive"));
		assertThat(output).contains("'progress.sse.path' must leave '/progress/jobs' to the controller method")
			.contains("Change one of the two paths, or set 'progress.sse.order'.");
	}

	private static void start(Class<?> configuration, String... arguments) {
		SpringApplication.run(configuration, arguments).close();
	}

	private static FailureAnalysis analysis(@Nullable Throwable failure) {
		return Objects.requireNonNull(new BrokenRuleFailureAnalyzer(null).analyze(Objects.requireNonNull(failure)));
	}

	static class PrivateMethod {

		@TrackProgress
		@SuppressWarnings("unused")
		private void work() {
		}

	}

	static class StaticMethod {

		@TrackProgress
		static void work() {
		}

	}

	static class FinalMethod {

		@TrackProgress
		final void work() {
		}

	}

	static class StreamMethod {

		@TrackProgress
		Stream<String> work() {
			return Stream.empty();
		}

	}

	static class Expression {

		@TrackProgress(jobId = "#order.id")
		void work() {
		}

	}

	static class Placeholder {

		@TrackProgress("${no.such.name}")
		void work() {
		}

	}

	private record Named(String name) implements ProgressEventFormat {

		@Override
		public @Nullable String eventName(ProgressEvent event) {
			return null;
		}

		@Override
		public @Nullable Object data(ProgressEvent event) {
			return null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ ProgressAutoConfiguration.class, ProgressStreamAutoConfiguration.class })
	static class Empty {

	}

	@EnableAutoConfiguration
	@Configuration(proxyBeanMethods = false)
	static class Taken {

		@Bean
		OwnJobs ownJobs() {
			return new OwnJobs();
		}

	}

	@RestController
	static class OwnJobs {

		@GetMapping("/progress/jobs")
		String jobs() {
			return "mine";
		}

	}

}
