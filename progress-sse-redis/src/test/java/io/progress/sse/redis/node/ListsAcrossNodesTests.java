package io.progress.sse.redis.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.redis.TestRedis;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes: jobs of one are on the lists and streams of the other.
 */
@Timeout(120)
class ListsAcrossNodesTests {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private static TestRedis redis;

	private static ConfigurableApplicationContext here;

	private static ConfigurableApplicationContext there;

	@BeforeAll
	static void start() {
		redis = new TestRedis();
		here = TicketsAcrossNodesTests.node(redis);
		there = TicketsAcrossNodesTests.node(redis);
	}

	@AfterAll
	static void stop() {
		there.close();
		here.close();
		redis.close();
	}

	@Test
	void aJobOfOneNodeAppearsOnTheStreamOfTheOtherWithinATenthOfASecond() throws Exception {
		List<Long> millis = new ArrayList<>();
		HttpResponse<InputStream> stream = CLIENT.send(request("/progress/events", "alice"),
				BodyHandlers.ofInputStream());
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
			readUntil(lines, "event: listed");
			for (int i = 0; i < 30; i++) {
				open("bob");
				long begin = System.nanoTime();
				ProgressJob job = open("alice");
				assertThat(readUntil(lines, "\"jobId\"")).contains(job.id().value());
				millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
				job.done();
				assertThat(readUntil(lines, "\"jobId\"")).contains(job.id().value()).contains("\"state\":\"done\"");
			}
		}
		assertThat(millis.stream().sorted().toList().get(millis.size() / 2)).as("the median of %s", millis)
			.isLessThan(100);
	}

	@Test
	void theListOfAnyNodeHasTheJobsOfAll() throws Exception {
		String ofHere = open(here, "carol").id().value();
		String ofThere = open(there, "carol").id().value();
		for (ConfigurableApplicationContext node : List.of(here, there)) {
			String list = CLIENT.send(request(node, "/progress/jobs", "carol"), BodyHandlers.ofString()).body();
			assertThat(list).contains(ofHere).contains(ofThere);
		}
	}

	private static String readUntil(BufferedReader lines, String text) throws IOException {
		for (String line = lines.readLine(); line != null; line = lines.readLine()) {
			if (line.contains(text)) {
				return line;
			}
		}
		throw new AssertionError("The stream ended before '" + text + "'");
	}

	private static ProgressJob open(String owner) {
		return open(here, owner);
	}

	private static ProgressJob open(ConfigurableApplicationContext node, String owner) {
		return node.getBean(ProgressTracker.class).open(JobSpec.named("work").withOwner(owner));
	}

	private static HttpRequest request(String path, String user) {
		return request(there, path, user);
	}

	private static HttpRequest request(ConfigurableApplicationContext node, String path, String user) {
		String port = node.getEnvironment().getRequiredProperty("local.server.port");
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
			.header("X-Test-User", user)
			.build();
	}

}
