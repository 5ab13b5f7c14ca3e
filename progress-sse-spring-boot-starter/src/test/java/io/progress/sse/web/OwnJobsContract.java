package io.progress.sse.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.event.JobId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Random owners and random jobs: each user gets all jobs of their own, and never one of
 * another, on the list, on the stream, by the id of a job and by that of its parent; an
 * administrator gets those of all. A subclass starts an application without jobs. Each
 * run is another one; {@code -Down-jobs.seed=…} repeats one that failed.
 */
public abstract class OwnJobsContract {

	private static final String NOBODY = "";

	private static final int JOBS = 120;

	private static final String RUNNING = "state=queued,running,lost&";

	private static final String ENDED = "state=done,failed,cancelled&";

	private static final Pattern JOB_ID = Pattern.compile("\"jobId\":\"([^\"]+)\"");

	private final long seed = Long.getLong("own-jobs.seed", new Random().nextLong());

	private final Random random = new Random(this.seed);

	private final Map<String, String> credentials = new HashMap<>();

	private final Map<String, OwnedJob> jobs = new TreeMap<>();

	private final Set<String> running = new TreeSet<>();

	/** The port of the application. */
	protected abstract int port();

	/** The tracker of the application. */
	protected abstract ProgressTracker tracker();

	/** Names of users who may list their own jobs only. */
	protected abstract List<String> users();

	/** The name of a user who may list all jobs. */
	protected abstract String administrator();

	/** Signs a user in: the header by which requests say whose they are. */
	protected abstract String signIn(String user) throws Exception;

	/** Where the endpoints are. */
	protected String path() {
		return "/progress";
	}

	/** Pages that only administrators get, below the path. */
	protected List<String> pagesOfAdministrators() {
		return List.of();
	}

	@Test
	void nothingForeignIsEverShownAndNothingOfOnesOwnIsMissing() {
		Map<String, RawClient> streams = new HashMap<>();
		try {
			for (String user : users()) {
				this.credentials.put(user, signIn(user));
			}
			this.credentials.put(administrator(), signIn(administrator()));
			act(JOBS / 2);
			Set<String> expected = new HashSet<>(this.running);
			users().forEach((user) -> streams.put(user, stream("", user)));
			streams.put(NOBODY, stream("?owner=*", administrator()));
			expected.addAll(act(JOBS / 2));
			for (String user : users()) {
				checkStream(streams.get(user), of(user, expected), user);
				checkLists(user);
			}
			checkStream(streams.get(NOBODY), expected, NOBODY);
			checkListsOfAll();
			checkJobs();
		}
		catch (Throwable ex) {
			throw new AssertionError("With -Down-jobs.seed=" + this.seed + ": " + ex.getMessage(), ex);
		}
		finally {
			streams.values().forEach(RawClient::close);
			this.jobs.values().forEach((each) -> each.job().close());
		}
	}

	/**
	 * Jobs start, others go on or end, until the store knows all that.
	 * @return the ids of those that were started
	 */
	private List<String> act(int times) {
		List<String> started = new ArrayList<>();
		for (int i = 0; i < times; i++) {
			String other = this.running.isEmpty() ? null : any(this.running);
			started.add(begin(owner()));
			if (other != null) {
				goOn(other);
			}
		}
		await().atMost(Duration.ofSeconds(20))
			.until(() -> listed(RUNNING + "owner=*&", administrator()).equals(this.running));
		return started;
	}

	private String owner() {
		List<String> owners = new ArrayList<>(users());
		owners.add(administrator());
		return (this.random.nextInt(8) == 0) ? NOBODY : any(owners);
	}

	private String begin(String owner) {
		String id = "job-" + this.random.nextInt(1_000) + "-" + this.jobs.size();
		boolean child = !owner.equals(NOBODY) && !this.jobs.isEmpty() && this.random.nextInt(3) == 0;
		String parent = child ? any(this.jobs.keySet()) : null;
		JobSpec spec = JobSpec.named("test").withId(JobId.of(id)).withOwner(owner.equals(NOBODY) ? null : owner);
		ProgressJob job = tracker().open((parent != null) ? spec.withParent(JobId.of(parent)) : spec);
		this.jobs.put(id, new OwnedJob(job, owner, parent));
		this.running.add(id);
		return id;
	}

	private void goOn(String id) {
		ProgressJob job = this.jobs.get(id).job();
		if (this.random.nextBoolean()) {
			job.reporter().phase("phase " + this.random.nextInt(100));
			return;
		}
		this.running.remove(id);
		if (this.random.nextBoolean()) {
			job.done();
		}
		else {
			job.cancelled();
		}
	}

	private void checkLists(String user) {
		assertThat(listed("", user)).as("list of %s", user).isEqualTo(of(user, this.jobs.keySet()));
		assertThat(listed(RUNNING, user)).as("running jobs of %s", user).isEqualTo(of(user, this.running));
		for (String parent : parents()) {
			assertThat(listed("parent=" + parent + "&", user)).as("children of %s for %s", parent, user)
				.isEqualTo(of(user, childrenOf(parent)));
		}
		List<String> foreign = new ArrayList<>(users());
		foreign.add("*");
		foreign.remove(user);
		for (String owner : foreign) {
			assertThat(status("/jobs?owner=" + owner, user)).as("list of %s for %s", owner, user).isEqualTo(404);
			assertThat(status("/events?owner=" + owner, user)).as("stream of %s for %s", owner, user).isEqualTo(404);
		}
		for (String page : pagesOfAdministrators()) {
			assertThat(status(page, user)).as("%s for %s", page, user).isEqualTo(404);
		}
	}

	private void checkListsOfAll() {
		String all = "owner=*&";
		assertThat(listed(all, administrator())).isEqualTo(this.jobs.keySet());
		assertThat(listed(RUNNING + all, administrator())).isEqualTo(this.running);
		assertThat(listed(ENDED + all, administrator())).isEqualTo(only((id) -> !this.running.contains(id)));
		for (String parent : parents()) {
			assertThat(listed("parent=" + parent + "&" + all, administrator())).as("children of %s", parent)
				.isEqualTo(childrenOf(parent));
		}
		assertThat(listed("", administrator())).isEqualTo(of(administrator(), this.jobs.keySet()));
		for (String page : pagesOfAdministrators()) {
			assertThat(status(page, administrator())).as(page).isEqualTo(200);
		}
	}

	private void checkJobs() {
		for (int i = 0; i < JOBS / 4; i++) {
			String id = any(this.jobs.keySet());
			String user = any(users());
			String owner = this.jobs.get(id).owner();
			if (!owner.equals(NOBODY)) {
				assertThat(status("/jobs/" + id, user)).as("%s of %s for %s", id, owner, user)
					.isEqualTo(owner.equals(user) ? 200 : 404);
			}
			assertThat(status("/jobs/" + id, administrator())).as("%s for the administrator", id).isEqualTo(200);
		}
	}

	/**
	 * Reads until all are there that are expected, then until one that starts now.
	 */
	private void checkStream(RawClient stream, Set<String> expected, String owner) {
		Set<String> shown = new TreeSet<>();
		while (!shown.containsAll(expected)) {
			shown.add(nextJob(stream));
		}
		String last = begin(owner);
		while (!shown.contains(last)) {
			shown.add(nextJob(stream));
		}
		shown.remove(last);
		Set<String> others = owner.equals(NOBODY) ? only((id) -> true) : of(owner, this.jobs.keySet());
		assertThat(others).as("stream of '%s'", owner).containsAll(shown);
	}

	private static String nextJob(RawClient stream) {
		while (true) {
			Map<String, String> event = stream.event();
			assertThat(event).as("an event before the stream ends").isNotNull();
			var id = JOB_ID.matcher(event.get("data"));
			if (id.find()) {
				return id.group(1);
			}
		}
	}

	/** Opens a stream, and waits until it has looked which jobs run. */
	private RawClient stream(String query, String user) {
		RawClient stream = RawClient.get(port(), path() + "/events" + query, this.credentials.get(user));
		assertThat(stream.event()).containsEntry("event", "listed");
		return stream;
	}

	private Set<String> listed(String query, String user) {
		Set<String> ids = new TreeSet<>();
		String cursor = "";
		while (cursor != null) {
			String page = path() + "/jobs?" + query + "limit=" + (1 + this.random.nextInt(40)) + "&cursor=" + cursor;
			try (RawClient client = RawClient.get(port(), page, this.credentials.get(user))) {
				assertThat(client.status()).as(page).isEqualTo(200);
				String body = client.body();
				JOB_ID.matcher(body)
					.results()
					.forEach((id) -> assertThat(ids.add(id.group(1))).as("%s twice", id.group(1)).isTrue());
				cursor = body.endsWith("\"next\":null}") ? null
						: body.replaceAll(".*\"next\":\"([A-Za-z0-9_~-]+)\"}", "$1");
			}
		}
		return ids;
	}

	private int status(String page, String user) {
		try (RawClient client = RawClient.get(port(), path() + page, this.credentials.get(user))) {
			return client.status();
		}
	}

	private Set<String> parents() {
		return only((id) -> this.jobs.values().stream().anyMatch((job) -> id.equals(job.parent())));
	}

	private Set<String> childrenOf(String parent) {
		return only((id) -> parent.equals(this.jobs.get(id).parent()));
	}

	private Set<String> of(String owner, Set<String> ids) {
		return ids.stream()
			.filter((id) -> this.jobs.get(id).owner().equals(owner))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private Set<String> only(Predicate<String> condition) {
		return this.jobs.keySet().stream().filter(condition).collect(Collectors.toCollection(TreeSet::new));
	}

	private String any(Iterable<String> names) {
		List<String> all = new ArrayList<>();
		names.forEach(all::add);
		return all.get(this.random.nextInt(all.size()));
	}

	private record OwnedJob(ProgressJob job, String owner, @Nullable String parent) {

	}

}
