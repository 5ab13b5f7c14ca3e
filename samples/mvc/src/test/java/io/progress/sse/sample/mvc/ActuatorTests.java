package io.progress.sse.sample.mvc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.event.JobId;
import io.progress.sse.sample.mvc.Visitor.EventStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application that shows all of its actuator shows of jobs.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=*", "management.endpoint.env.show-values=always",
				"management.endpoint.configprops.show-values=always", "management.endpoint.health.show-details=always",
				"progress.sse.cancel.enabled=true", "server.shutdown=immediate" })
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ActuatorTests {

	private static final Pattern LINK = Pattern.compile("\"href\":\"http://[^/]+(/actuator/[^\"{]+)\"");

	private static final Pattern METRIC = Pattern.compile("\"([a-z.]+)\"");

	@LocalServerPort
	private int port;

	@Autowired
	private ProgressTracker tracker;

	@Test
	void actuatorShowsNoIdsOwnersOrPayloads() throws Exception {
		String id = UUID.randomUUID().toString();
		Visitor alice = new Visitor(this.port).login("alice");
		ProgressJob ended = open("alice", UUID.randomUUID().toString());
		ended.reporter().data("key", "confidential");
		ended.done();
		ProgressJob job = open("alice", id);
		try (job; EventStream stream = alice.watch("/progress/jobs/" + id + "/events")) {
			job.reporter().phase("confidential");
			job.reporter().data("key", "confidential");
			assertThat(stream.reaches("confidential")).isTrue();
			alice.get("/progress/jobs/" + id);
			Map<String, String> answers = actuator(alice);
			assertThat(answers).containsKeys("/actuator/health", "/actuator/env", "/actuator/configprops",
					"/actuator/mappings", "/actuator/beans", "/actuator/metrics/progress.sse.streams",
					"/actuator/metrics/http.server.requests");
			answers.forEach((path, answer) -> assertThat(answer).as(path)
				.doesNotContain(id, ended.id().value(), "alice", "confidential"));
		}
	}

	private ProgressJob open(String owner, String id) {
		return this.tracker.open(JobSpec.named("book").withId(JobId.of(id)).withOwner(owner));
	}

	private static Map<String, String> actuator(Visitor visitor) throws Exception {
		Map<String, String> answers = new LinkedHashMap<>();
		for (String path : all(LINK, visitor.get("/actuator").body())) {
			if (!path.endsWith("/heapdump")) {
				answers.put(path, visitor.get(path).body());
			}
		}
		for (String metric : all(METRIC, answers.get("/actuator/metrics"))) {
			String path = "/actuator/metrics/" + metric;
			answers.put(path, visitor.get(path).body());
		}
		return answers;
	}

	private static Iterable<String> all(Pattern pattern, String text) {
		return pattern.matcher(text).results().map((result) -> result.group(1)).toList();
	}

}
