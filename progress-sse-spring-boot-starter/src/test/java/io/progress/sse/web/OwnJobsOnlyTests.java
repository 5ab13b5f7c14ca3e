package io.progress.sse.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.web.access.JobAccessPolicy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random owners and random jobs: each user gets all jobs of their own, and never one of
 * another, on the list and on the stream.
 */
@Tag("protocol")
@Timeout(60)
class OwnJobsOnlyTests {

	/** Some are like others, and one is like the word for all. */
	private static final List<String> OWNERS = List.of("alice", "Alice", "alice2", "bob", "a", "~", "null");

	private static final String NOBODY = "";

	private static final int JOBS = 120;

	private static final Instant TIME = Instant.parse("2026-05-31T01:00:01Z");

	private final long seed = new Random().nextLong();

	private final Random random = new Random(this.seed);

	private final Map<String, String> owners = new HashMap<>();

	private final Map<String, TestJob> running = new HashMap<>();

	@Test
	void nothingForeignIsEverShownAndNothingOfOnesOwnIsMissing() {
		Map<String, RawClient> streams = new HashMap<>();
		try (TestServer server = TestServer.start(new Class<?>[] { Administrators.class })) {
			for (int i = 0; i < JOBS / 2; i++) {
				act(server);
			}
			Map<String, Set<String>> expected = runningByOwner();
			for (String owner : OWNERS) {
				streams.put(owner, RawClient.get(server.port(), "/progress/events", user(owner)));
			}
			streams.put("root", RawClient.get(server.port(), "/progress/events?owner=*", user("root")));
			for (int i = 0; i < JOBS / 2; i++) {
				String started = act(server);
				expected.computeIfAbsent(this.owners.get(started), (owner) -> new HashSet<>()).add(started);
			}
			for (String owner : OWNERS) {
				assertThat(listed(server, "", owner)).as("list of %s, seed %s", owner, this.seed).isEqualTo(of(owner));
				assertThat(streamed(streams.get(owner), expected.getOrDefault(owner, Set.of()).size()))
					.as("stream of %s, seed %s", owner, this.seed)
					.isEqualTo(expected.getOrDefault(owner, Set.of()));
			}
			assertThat(listed(server, "owner=*&", "root")).as("list of all, seed %s", this.seed)
				.isEqualTo(this.owners.keySet());
			Set<String> all = expected.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
			assertThat(streamed(streams.get("root"), all.size())).as("stream of all, seed %s", this.seed)
				.isEqualTo(all);
		}
		finally {
			streams.values().forEach(RawClient::close);
		}
	}

	/**
	 * A job of somebody starts, and another that runs goes on or ends.
	 */
	private String act(TestServer server) {
		int number = this.owners.size();
		String id = "job-" + this.random.nextInt(1_000) + "-" + number;
		String owner = (this.random.nextInt(8) == 0) ? NOBODY : OWNERS.get(this.random.nextInt(OWNERS.size()));
		TestJob job = server
			.job(new JobInfo(JobId.of(id), "test", owner.equals(NOBODY) ? null : owner, null, TIME.plusMillis(number)));
		job.queued();
		if (!this.running.isEmpty()) {
			List<String> others = new ArrayList<>(new TreeSet<>(this.running.keySet()));
			String other = others.get(this.random.nextInt(others.size()));
			if (this.random.nextBoolean()) {
				this.running.get(other).phase("next");
			}
			else {
				this.running.remove(other).done("ok");
			}
		}
		this.owners.put(id, owner);
		this.running.put(id, job);
		return id;
	}

	private Map<String, Set<String>> runningByOwner() {
		return this.running.keySet()
			.stream()
			.collect(Collectors.groupingBy(this.owners::get, HashMap::new, Collectors.toCollection(HashSet::new)));
	}

	private Set<String> of(String owner) {
		return this.owners.keySet()
			.stream()
			.filter((id) -> this.owners.get(id).equals(owner))
			.collect(Collectors.toSet());
	}

	private Set<String> listed(TestServer server, String query, String user) {
		Set<String> ids = new HashSet<>();
		String cursor = "";
		while (cursor != null) {
			try (RawClient client = RawClient.get(server.port(),
					"/progress/jobs?" + query + "limit=" + (1 + this.random.nextInt(20)) + "&cursor=" + cursor,
					user(user))) {
				String body = client.body();
				Pattern.compile("\"jobId\":\"([^\"]+)\"")
					.matcher(body)
					.results()
					.forEach((id) -> assertThat(ids.add(id.group(1))).as("%s twice, seed %s", id, this.seed).isTrue());
				cursor = body.endsWith("\"next\":null}") ? null
						: body.replaceAll(".*\"next\":\"([A-Za-z0-9_~-]+)\"}", "$1");
			}
		}
		return ids;
	}

	/**
	 * The jobs that a stream shows first, and whatever else is there already.
	 */
	private static Set<String> streamed(RawClient client, int jobs) {
		Set<String> ids = new HashSet<>();
		while (ids.size() < jobs) {
			String data = client.event().get("data");
			if (data.contains("\"jobId\"")) {
				ids.add(data.replaceAll(".*\"jobId\":\"([^\"]*)\".*", "$1"));
			}
		}
		return ids;
	}

	private static String user(String name) {
		return "X-Test-User: " + name;
	}

	@Configuration(proxyBeanMethods = false)
	static class Administrators {

		@Bean
		JobAccessPolicy policy() {
			return JobAccessPolicy.owners().orAdministrators((caller) -> caller.getName().equals("root"));
		}

	}

}
