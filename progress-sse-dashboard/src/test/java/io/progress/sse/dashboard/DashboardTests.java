package io.progress.sse.dashboard;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;
import io.progress.sse.event.JobId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboard in an application of each kind that has Spring Security: who gets it, and
 * how.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DashboardTests {

	private static final String PAGE = "/app/progress/dashboard";

	private static final Map<TestApplication.Stack, TestApplication> applications = new EnumMap<>(
			TestApplication.Stack.class);

	@BeforeAll
	static void start() {
		for (TestApplication.Stack stack : TestApplication.Stack.values()) {
			applications.put(stack, TestApplication.secured(stack));
		}
	}

	@AfterAll
	static void stop() {
		applications.values().forEach(TestApplication::close);
	}

	@ParameterizedTest
	@EnumSource
	void administratorsGetThePageAndEveryFileOfIt(TestApplication.Stack stack) throws Exception {
		TestApplication application = applications.get(stack);
		HttpResponse<String> page = application.get(PAGE, "admin");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
		assertThat(page.body()).contains("data-cancel=\"false\"", "data-limit=\"200\"").doesNotContain("{{");
		for (String file : DashboardFile.NAMES) {
			HttpResponse<String> answer = application.get(PAGE + "/" + file, "admin");
			assertThat(answer.statusCode()).as(file).isEqualTo(200);
			assertThat(answer.body()).as(file).isNotEmpty();
			assertThat(answer.headers().firstValue("Content-Type").orElse("")).as(file)
				.startsWith(file.endsWith(".js") ? "text/javascript"
						: file.endsWith(".css") ? "text/css" : "image/svg+xml");
		}
	}

	@ParameterizedTest
	@EnumSource
	void othersFindNothingThere(TestApplication.Stack stack) throws Exception {
		TestApplication application = applications.get(stack);
		for (String path : List.of(PAGE, PAGE + "/", PAGE + "/dashboard.js")) {
			HttpResponse<String> answer = application.get(path, "alice");
			assertThat(answer.statusCode()).as(path).isEqualTo(404);
			assertThat(answer.body()).as(path).doesNotContain("dashboard.css");
		}
	}

	@ParameterizedTest
	@EnumSource
	void whoIsNotSignedInIsSentWhereTheApplicationSaysSo(TestApplication.Stack stack) throws Exception {
		TestApplication application = applications.get(stack);
		HttpResponse<String> answer = application.get(PAGE, null, "Accept", "text/html");
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/login");
	}

	@ParameterizedTest
	@EnumSource
	void everyAnswerForbidsWhatThePageDoesNotNeed(TestApplication.Stack stack) throws Exception {
		TestApplication application = applications.get(stack);
		for (String path : List.of(PAGE, PAGE + "/dashboard.js")) {
			HttpHeaders headers = application.get(path, "admin").headers();
			assertThat(headers.firstValue("Content-Security-Policy")).hasValue(DashboardPages.POLICY);
			assertThat(headers.allValues("X-Content-Type-Options")).containsExactly("nosniff");
			assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
			assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).hasValue("same-origin");
			assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
		}
		assertThat(DashboardPages.POLICY).doesNotContain("unsafe", "http", "*", "data:");
	}

	@ParameterizedTest
	@EnumSource
	void aCacheAsksEachTimeAndIsToldThatNothingHasChanged(TestApplication.Stack stack) throws Exception {
		TestApplication application = applications.get(stack);
		HttpResponse<String> first = application.get(PAGE, "admin");
		assertThat(first.headers().firstValue("Cache-Control").orElse("")).contains("no-cache", "private");
		String tag = first.headers().firstValue("ETag").orElseThrow();
		HttpResponse<String> again = application.get(PAGE, "admin", "If-None-Match", tag);
		assertThat(again.statusCode()).isEqualTo(304);
		assertThat(again.body()).isEmpty();
		assertThat(application.get(PAGE, "alice", "If-None-Match", tag).statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@EnumSource
	void aSlashTooManyLeadsBack(TestApplication.Stack stack) throws Exception {
		TestApplication application = applications.get(stack);
		HttpResponse<String> answer = application.get(PAGE + "/", "admin");
		assertThat(answer.statusCode()).isEqualTo(308);
		assertThat(answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow()).getPath())
			.isEqualTo(PAGE);
	}

	@ParameterizedTest
	@EnumSource
	void nothingElseIsServedOrChanged(TestApplication.Stack stack) throws Exception {
		TestApplication application = applications.get(stack);
		for (String path : List.of("/nothing.js", "/dashboard.html", "/DashboardFile.class", "/dashboard.js/more")) {
			assertThat(application.get(PAGE + path, "admin").statusCode()).as(path).isEqualTo(404);
		}
		assertThat(application.send("POST", PAGE, "admin").statusCode()).isEqualTo(405);
		HttpResponse<String> head = application.send("HEAD", PAGE, "admin");
		assertThat(head.statusCode()).isEqualTo(200);
		assertThat(head.body()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void whatThePageAsksForIsThereForItsReadersAlone(TestApplication.Stack stack) throws Exception {
		TestApplication application = applications.get(stack);
		application.bean(ProgressTracker.class)
			.open(JobSpec.named("export").withId(JobId.of("job-of-alice-0001")).withOwner("alice"))
			.begin();
		String list = "/app/progress/jobs?owner=*&state=queued,running,lost&limit=200";
		assertThat(application.get(list, "admin").body()).contains("job-of-alice-0001", "\"owner\":\"alice\"",
				"\"createdAt\"");
		assertThat(application.get(list, "alice").statusCode()).isEqualTo(404);
		assertThat(application.get("/app/progress/jobs/job-of-alice-0001", "admin").statusCode()).isEqualTo(200);
		assertThat(application.get("/app/progress/jobs/job-of-alice-0001", "bob").statusCode()).isEqualTo(404);
	}

}
