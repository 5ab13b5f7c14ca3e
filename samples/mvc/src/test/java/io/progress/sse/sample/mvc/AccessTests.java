package io.progress.sse.sample.mvc;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.event.JobId;
import io.progress.sse.sample.mvc.Visitor.EventStream;
import io.progress.sse.stream.admission.EventStreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Who gets to see what, with Spring Security and no word about progress in its
 * configuration.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "progress.sse.await-unknown=0s", "progress.sse.cancel.enabled=true" })
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AccessTests {

	private static final List<String> READS = List.of("/progress/jobs/%s", "/progress/jobs/%s/events",
			"/progress/jobs/%s/events?lastEventId=now", "/progress/events?job=%s");

	@LocalServerPort
	private int port;

	@Autowired
	private ProgressTracker tracker;

	@Autowired
	private EventStreams feeds;

	private final String id = UUID.randomUUID().toString();

	private ProgressJob job;

	@BeforeEach
	void open() {
		this.job = this.tracker.open(JobSpec.named("book").withId(JobId.of(this.id)).withOwner("alice"));
	}

	@AfterEach
	void end() {
		this.job.done();
		await().until(() -> this.feeds.streams() == 0);
	}

	@ParameterizedTest
	@CsvSource({ "GET, /progress/jobs/%s", "GET, /progress/jobs/%s/events", "HEAD, /progress/jobs/%s/events",
			"GET, /progress/events?job=%s", "DELETE, /progress/jobs/%s", "POST, /progress/jobs/%s/tickets",
			"POST, /progress/client.js", "GET, /progress/jobs", "GET, /progress/jobs?owner=alice",
			"GET, /progress/events", "HEAD, /progress/events", "POST, /progress/jobs/%s/retry" })
	void anonymousIsTurnedAway(String method, String path) throws Exception {
		Visitor nobody = new Visitor(this.port);
		nobody.get("/login");
		HttpResponse<String> response = nobody.send(method, path.formatted(this.id), "Accept", "text/event-stream");
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.headers().firstValue("Location")).isEmpty();
	}

	@Test
	void theDashboardIsThereForTheAdministratorAlone() throws Exception {
		String dashboard = "/progress/dashboard";
		assertThat(new Visitor(this.port).login("admin").get(dashboard).statusCode()).isEqualTo(200);
		for (String user : List.of("alice", "bob")) {
			Visitor visitor = new Visitor(this.port).login(user);
			assertThat(visitor.get(dashboard).statusCode()).isEqualTo(404);
			assertThat(visitor.get("/progress/jobs?owner=*").statusCode()).isEqualTo(404);
		}
		assertThat(new Visitor(this.port).get(dashboard, "Accept", "text/html").statusCode()).isEqualTo(302);
	}

	/** The page that asks a visitor to sign in may load it already. */
	@Test
	void anonymousCallersGetTheScript() throws Exception {
		for (String file : List.of("client.js", "client.d.ts")) {
			HttpResponse<String> response = new Visitor(this.port).get("/progress/" + file);
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.headers().firstValue("ETag")).isPresent();
		}
	}

	@Test
	void ownerSeesTheJobEverywhere() throws Exception {
		Visitor alice = new Visitor(this.port).login("alice");
		for (String read : READS) {
			try (EventStream stream = alice.watch(read.formatted(this.id))) {
				assertThat(stream.status()).as(read).isEqualTo(200);
			}
		}
		assertThat(alice.delete("/progress/jobs/" + this.id).statusCode()).isEqualTo(202);
	}

	@Test
	void listsAndStreamsHoldTheJobsOfTheirUserAndAllForTheAdministrator() throws Exception {
		Visitor alice = new Visitor(this.port).login("alice");
		Visitor bob = new Visitor(this.port).login("bob");
		Visitor admin = new Visitor(this.port).login("admin");
		assertThat(alice.get("/progress/jobs?state=queued,running").body()).contains(this.id);
		assertThat(bob.get("/progress/jobs").body()).isEqualTo("{\"jobs\":[],\"next\":null}");
		assertThat(bob.get("/progress/jobs?owner=alice").statusCode()).isEqualTo(404);
		assertThat(bob.get("/progress/events?owner=*").statusCode()).isEqualTo(404);
		assertThat(admin.get("/progress/jobs?owner=*").body()).contains(this.id).contains("\"owner\":\"alice\"");
		assertThat(admin.get("/progress/jobs/" + this.id).statusCode()).isEqualTo(200);
		assertThat(new Visitor(this.port).get("/progress/jobs").statusCode()).isEqualTo(401);
		try (EventStream ofAlice = alice.watch("/progress/events");
				EventStream ofBob = bob.watch("/progress/events");
				EventStream ofAll = admin.watch("/progress/events?owner=*")) {
			ProgressJob ofBobs = this.tracker.open(JobSpec.named("book").withOwner("bob"));
			this.job.reporter().phase("binding");
			ofBobs.reporter().phase("printing");
			assertThat(ofAlice.reaches("\"phase\":\"binding\"")).isTrue();
			assertThat(ofBob.reachesWithout("\"phase\":\"printing\"", this.id)).isTrue();
			assertThat(ofAll.reaches("\"phase\":\"printing\"")).isTrue();
			ofBobs.done();
		}
	}

	@Test
	void foreignJobLooksLikeOneThatIsNotThere() throws Exception {
		Visitor bob = new Visitor(this.port).login("bob");
		String unknown = UUID.randomUUID().toString();
		for (String read : READS) {
			assertSame(bob.get(read.formatted(this.id)), bob.get(read.formatted(unknown)));
			assertSame(bob.get(read.formatted(this.id), "Last-Event-ID", "1-1"),
					bob.get(read.formatted(unknown), "Last-Event-ID", "1-1"));
		}
		assertSame(bob.delete("/progress/jobs/" + this.id), bob.delete("/progress/jobs/" + unknown));
		assertSame(bob.post("/progress/jobs/" + this.id + "/tickets"),
				bob.post("/progress/jobs/" + unknown + "/tickets"));
		assertThat(this.job.reporter().isCancelled()).isFalse();
	}

	@Test
	void foreignJobOnAStreamOfManyLooksLikeOneThatIsNotThere() throws Exception {
		Visitor bob = new Visitor(this.port).login("bob");
		ProgressJob own = this.tracker.open(JobSpec.named("book").withOwner("bob"));
		try (own) {
			assertThat(bob.get("/progress/events?job=" + own.id() + "&job=" + this.id).statusCode()).isEqualTo(404);
			assertThat(bob.get("/progress/events?job=" + own.id() + "&job=" + UUID.randomUUID()).statusCode())
				.isEqualTo(404);
		}
	}

	@Test
	void takenIdDoesNotSayWhoseItIs() throws Exception {
		Visitor bob = new Visitor(this.port).login("bob");
		HttpResponse<String> response = bob.post("/books?title=x&pages=1", "X-Job-Id", this.id);
		assertThat(response.statusCode()).isEqualTo(409);
		assertThat(response.body()).doesNotContain("alice");
	}

	@Test
	void cancellationNeedsTheCsrfToken() throws Exception {
		Visitor alice = new Visitor(this.port).login("alice");
		assertThat(alice.forge("DELETE", "/progress/jobs/" + this.id).statusCode()).isEqualTo(403);
		assertThat(alice.forge("POST", "/progress/jobs/" + this.id + "/tickets").statusCode()).isEqualTo(403);
		assertThat(alice.forge("POST", "/progress/jobs/" + this.id + "/retry").statusCode()).isEqualTo(403);
		assertThat(alice.get("/progress/jobs/" + this.id + "?_method=DELETE").statusCode()).isEqualTo(200);
		assertThat(this.job.reporter().isCancelled()).isFalse();
	}

	@Test
	void pageOfAnotherSiteOpensNoStreamWithTheOwnersCookie() throws Exception {
		int feeds = this.feeds.feeds();
		Visitor alice = new Visitor(this.port).login("alice");
		List<String> reads = new ArrayList<>(READS);
		reads.addAll(List.of("/progress/jobs", "/progress/events"));
		for (String read : reads) {
			String path = read.formatted(this.id);
			assertThat(alice.get(path, "Origin", "https://evil.example").statusCode()).isEqualTo(403);
			assertThat(alice.get(path, "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
		}
		assertThat(alice.delete("/progress/jobs/" + this.id, "Origin", "https://evil.example").statusCode())
			.isEqualTo(403);
		assertThat(this.feeds.streams()).isZero();
		assertThat(this.feeds.feeds()).isLessThanOrEqualTo(feeds);
	}

	@Test
	void ticketOpensTheStreamOnceWithoutACookie() throws Exception {
		String url = ticket(new Visitor(this.port).login("alice"));
		Visitor nobody = new Visitor(this.port);
		try (EventStream stream = nobody.watch(url)) {
			assertThat(stream.status()).isEqualTo(200);
			assertThat(stream.reaches("\"state\":\"queued\"")).isTrue();
			assertThat(nobody.get(url).statusCode()).isEqualTo(401);
		}
	}

	@Test
	void ticketOpensNothingElse() throws Exception {
		String url = ticket(new Visitor(this.port).login("alice"));
		String ticket = url.substring(url.indexOf('?'));
		Visitor nobody = new Visitor(this.port);
		ProgressJob other = this.tracker.open(JobSpec.named("book").withOwner("alice"));
		try (other) {
			for (String path : List.of("/progress/jobs/" + other.id() + "/events", "/progress/jobs/" + this.id, "/",
					"/progress/jobs/" + other.id())) {
				assertThat(nobody.get(path + ticket, "Accept", "application/json").statusCode()).as(path)
					.isEqualTo(401);
			}
			assertThat(nobody.delete("/progress/jobs/" + this.id + ticket).statusCode()).isIn(401, 403);
		}
		assertThat(this.job.reporter().isCancelled()).isFalse();
	}

	@Test
	void ticketOfAnotherUserShowsNothing() throws Exception {
		ProgressJob bobs = this.tracker.open(JobSpec.named("book").withOwner("bob"));
		try (bobs) {
			String url = ticket(new Visitor(this.port).login("bob"), bobs.id().value());
			assertThat(new Visitor(this.port).get(url.replace(bobs.id().value(), this.id)).statusCode()).isEqualTo(401);
		}
	}

	@Test
	void logoutEndsTheStreamsThatTheUserHas() throws Exception {
		Visitor alice = new Visitor(this.port).login("alice");
		Visitor bob = new Visitor(this.port).login("bob");
		ProgressJob bobs = this.tracker.open(JobSpec.named("book").withOwner("bob"));
		String url = ticket(alice);
		try (bobs;
				EventStream byCookie = alice.watch("/progress/jobs/" + this.id + "/events");
				EventStream byTicket = new Visitor(this.port).watch(url);
				EventStream ofBob = bob.watch("/progress/jobs/" + bobs.id() + "/events")) {
			assertThat(byCookie.reaches("\"state\":\"queued\"")).isTrue();
			assertThat(byTicket.reaches("\"state\":\"queued\"")).isTrue();
			assertThat(ofBob.reaches("\"state\":\"queued\"")).isTrue();
			alice.post("/logout");
			assertThat(byCookie.rest()).containsPattern("retry: [12]\\d{3}");
			assertThat(byTicket.rest()).containsPattern("retry: [12]\\d{3}");
			assertThat(alice.get("/progress/jobs/" + this.id + "/events").statusCode()).isEqualTo(401);
			bobs.reporter().phase("printing");
			assertThat(ofBob.reaches("printing")).isTrue();
		}
	}

	private String ticket(Visitor visitor) throws Exception {
		return ticket(visitor, this.id);
	}

	private static String ticket(Visitor visitor, String job) throws Exception {
		HttpResponse<String> response = visitor.post("/progress/jobs/" + job + "/tickets");
		assertThat(response.statusCode()).isEqualTo(201);
		assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
		assertThat(response.body())
			.matches("\\{\"ticket\":\"[\\w-]{43}\",\"expiresInMs\":30000,\"url\":\"/progress/jobs/" + job
					+ "/events\\?ticket=[\\w-]{43}\"}");
		return response.body().replaceAll(".*\"url\":\"([^\"]+)\".*", "$1");
	}

	private static void assertSame(HttpResponse<String> foreign, HttpResponse<String> unknown) {
		assertThat(foreign.statusCode()).isEqualTo(404).isEqualTo(unknown.statusCode());
		assertThat(foreign.body()).isEqualTo(unknown.body());
		assertThat(foreign.headers().map().keySet()).isEqualTo(unknown.headers().map().keySet());
	}

}
