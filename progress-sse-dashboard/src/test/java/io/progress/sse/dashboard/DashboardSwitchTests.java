package io.progress.sse.dashboard;

import java.security.Principal;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.progress.sse.event.JobInfo;
import io.progress.sse.web.AddedPages;
import io.progress.sse.web.access.JobAccessPolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Where the dashboard is off, and how it is turned on.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@Tag("long")
class DashboardSwitchTests {

	private static final String PAGE = "/app/progress/dashboard";

	@ParameterizedTest
	@EnumSource
	void isOffWithoutSpringSecurityAndSaysHowToTurnItOn(TestApplication.Stack stack, CapturedOutput output)
			throws Exception {
		try (TestApplication application = TestApplication.open(stack, "")) {
			assertThat(application.get(PAGE, null).statusCode()).isEqualTo(404);
			assertThat(application.get(PAGE + "/dashboard.js", null).statusCode()).isEqualTo(404);
			assertThat(output.getOut().lines().filter((line) -> line.contains("/progress/dashboard is off")))
				.singleElement()
				.asString()
				.contains("progress.sse.list.admin-role", "JobAccessPolicy");
		}
	}

	@ParameterizedTest
	@EnumSource
	void isTurnedOnByAPolicyOfTheApplication(TestApplication.Stack stack, CapturedOutput output) throws Exception {
		try (TestApplication application = TestApplication.open(stack, "", Everybody.class)) {
			assertThat(application.get(PAGE, null).statusCode()).isEqualTo(200);
			assertThat(output).doesNotContain("dashboard is off");
		}
	}

	@ParameterizedTest
	@EnumSource
	void refusesAControllerThatNoRequestWouldReach(TestApplication.Stack stack) {
		assertThatThrownBy(() -> TestApplication.open(stack, "", OwnDashboard.class).close())
			.hasStackTraceContaining("'progress.sse.path'")
			.hasStackTraceContaining("/progress/dashboard");
	}

	@ParameterizedTest
	@EnumSource
	void anOrderLetsAControllerOfTheApplicationComeFirst(TestApplication.Stack stack) throws Exception {
		try (TestApplication application = TestApplication.open(stack, "--progress.sse.order=10", Everybody.class,
				OwnDashboard.class)) {
			assertThat(application.get(PAGE, null).body()).isEqualTo("mine");
			assertThat(application.get(PAGE + "/dashboard.js", null).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void isThereInWebApplicationsOnly() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ProgressDashboardAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AddedPages.class));
	}

	@ParameterizedTest
	@EnumSource
	void canBeTurnedOff(TestApplication.Stack stack) throws Exception {
		try (TestApplication application = TestApplication.open(stack, "--progress.sse.dashboard.enabled=false",
				Everybody.class)) {
			assertThat(application.get(PAGE, null).statusCode()).isEqualTo(404);
		}
	}

	/** All may list all. */
	@Configuration(proxyBeanMethods = false)
	static class Everybody {

		@Bean
		JobAccessPolicy policy() {
			return new JobAccessPolicy() {
				@Override
				public Mono<Boolean> permits(Principal caller, JobInfo job, Action action) {
					return Mono.just(true);
				}

				@Override
				public Mono<Boolean> mayList(Principal caller, String owner) {
					return Mono.just(true);
				}
			};
		}

	}

	@RestController
	static class OwnDashboard {

		@GetMapping("/progress/dashboard")
		String page() {
			return "mine";
		}

	}

}
