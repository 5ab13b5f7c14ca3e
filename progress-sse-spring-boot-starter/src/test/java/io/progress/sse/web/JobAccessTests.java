package io.progress.sse.web;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.web.access.CallerResolver;
import io.progress.sse.web.ticket.StreamTickets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Who gets to see what.
 */
@Tag("protocol")
@Timeout(60)
class JobAccessTests {

	private static final String ALICE = "X-Test-User: alice";

	private static final String MALLORY = "X-Test-User: mallory";

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(new Class<?>[] { Sessions.class }, "progress.sse.await-unknown=0",
				"progress.sse.heartbeat=300ms", "progress.sse.cancel.enabled=true",
				"progress.sse.tickets.max-per-owner=5", "progress.sse.routes.own.path=/own/{jobId}");
		server.job("of-alice", "alice").queued();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@CsvSource({ "GET, /progress/jobs/%s", "GET, /progress/jobs/%s/events",
			"GET, /progress/jobs/%s/events?lastEventId=1-1", "GET, /progress/events?job=%s", "GET, /own/%s",
			"DELETE, /progress/jobs/%s" })
	void aForeignJobLooksLikeOneThatIsNotThere(String method, String path) {
		for (String user : List.of(MALLORY, "X-Nobody: at-all")) {
			try (RawClient foreign = RawClient.send(server.port(), method, path.formatted("of-alice"), user);
					RawClient unknown = RawClient.send(server.port(), method, path.formatted("of-nobody"), user)) {
				assertThat(foreign.status()).isEqualTo(unknown.status()).isEqualTo(404);
				assertThat(headers(foreign)).isEqualTo(headers(unknown));
				assertThat(foreign.body()).isEqualTo(unknown.body());
			}
		}
	}

	@Test
	void aForeignJobGetsNoTicketLikeOneThatDoesNotExist() {
		int before = server.bean(StreamTickets.class).outstanding();
		try (RawClient foreign = RawClient.send(server.port(), "POST", "/progress/jobs/of-alice/tickets", MALLORY);
				RawClient unknown = RawClient.send(server.port(), "POST", "/progress/jobs/of-nobody/tickets", MALLORY);
				RawClient status = RawClient.get(server.port(), "/progress/jobs/of-nobody", MALLORY)) {
			assertThat(foreign.status()).isEqualTo(unknown.status()).isEqualTo(404);
			assertThat(headers(foreign)).isEqualTo(headers(unknown));
			assertThat(foreign.body()).isEqualTo(unknown.body()).isEqualTo(status.body());
		}
		assertThat(server.bean(StreamTickets.class).outstanding()).isEqualTo(before);
	}

	@Test
	void aTicketStandsForItsBuyerOnce() {
		String ticket = ticket("of-alice", ALICE);
		try (RawClient stream = stream("of-alice", ticket)) {
			assertThat(stream.event().get("data")).contains("\"state\":\"queued\"");
			try (RawClient again = stream("of-alice", ticket)) {
				assertThat(again.status()).isEqualTo(401);
				assertThat(again.header("cache-control")).isEqualTo("no-store");
				assertThat(again.body()).contains("not-signed-in");
			}
		}
	}

	@Test
	void aStreamInTheApplicationsOwnUrlTakesTickets() {
		try (RawClient stream = RawClient.get(server.port(), "/own/of-alice?ticket=" + ticket("of-alice", ALICE))) {
			assertThat(stream.event().get("data")).contains("\"state\":\"queued\"");
		}
	}

	@Test
	void aTicketOpensOneJobForOneCallerAndStopsNothing() {
		server.job("other-of-alice", "alice").queued();
		try (RawClient other = stream("other-of-alice", ticket("of-alice", ALICE))) {
			assertThat(other.status()).isEqualTo(401);
		}
		server.job("of-mallory", "mallory").queued();
		try (RawClient foreign = stream("of-alice", ticket("of-mallory", MALLORY))) {
			assertThat(foreign.status()).isEqualTo(401);
		}
		try (RawClient cancel = RawClient.send(server.port(), "DELETE",
				"/progress/jobs/of-alice?ticket=" + ticket("of-alice", ALICE))) {
			assertThat(cancel.status()).isEqualTo(404);
		}
	}

	@Test
	void anUnknownCallerGetsNoTicket() {
		try (RawClient client = RawClient.send(server.port(), "POST", "/progress/jobs/of-alice/tickets")) {
			assertThat(client.status()).isEqualTo(401);
			assertThat(client.header("www-authenticate")).as("nobody says that a token would do").isEqualTo("Session");
		}
	}

	@Test
	void ticketsOfOneCallerAreLimited() {
		server.job("of-greedy", "greedy").queued();
		for (int i = 0; i < 5; i++) {
			ticket("of-greedy", "X-Test-User: greedy");
		}
		try (RawClient client = RawClient.send(server.port(), "POST", "/progress/jobs/of-greedy/tickets",
				"X-Test-User: greedy")) {
			assertThat(client.status()).isEqualTo(429);
			assertThat(client.header("retry-after")).isEqualTo("30");
		}
		assertThat(server.bean(StreamTickets.class).refused()).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "DELETE, /progress/jobs/of-alice", "POST, /progress/jobs/of-alice/tickets" })
	void aPageOfAnotherSiteChangesNothing(String method, String path) {
		int tickets = server.bean(StreamTickets.class).outstanding();
		for (String origin : List.of("Origin: https://evil.example.com", "Sec-Fetch-Site: cross-site")) {
			try (RawClient client = RawClient.send(server.port(), method, path, ALICE, origin)) {
				assertThat(client.status()).isEqualTo(403);
			}
		}
		assertThat(server.bean(StreamTickets.class).outstanding()).isEqualTo(tickets);
	}

	@Test
	void logoutEndsTheStreamsOfOneAndTakesTheTicketsBack() {
		server.job("of-bob", "bob").queued();
		String ticket = ticket("of-alice", ALICE);
		try (RawClient alice = stream("of-alice", null, ALICE);
				RawClient byTicket = stream("of-alice", ticket("of-alice", ALICE));
				RawClient bob = stream("of-bob", null, "X-Test-User: bob")) {
			alice.event();
			byTicket.event();
			bob.event();
			server.bean(JobAccess.class).closeAll("alice");
			assertThat(alice.frames()).last().asString().matches("\\[retry: [12]\\d{3}]");
			assertThat(byTicket.frames()).last().asString().matches("\\[retry: [12]\\d{3}]");
			await().untilAsserted(() -> assertThat(server.bean(EventStreams.class).streams()).isEqualTo(1));
		}
		try (RawClient late = stream("of-alice", ticket)) {
			assertThat(late.status()).isEqualTo(401);
		}
		await().untilAsserted(() -> assertThat(server.bean(EventStreams.class).streams()).isZero());
	}

	@Test
	void aStreamEndsWithTheCredentialThatOpenedIt() {
		server.job("of-carol", "carol").queued();
		AtomicBoolean over = server.bean(Sessions.class).over;
		try (RawClient carol = stream("of-carol", null, "X-Test-User: carol");
				RawClient byTicket = stream("of-carol", ticket("of-carol", "X-Test-User: carol"))) {
			carol.event();
			byTicket.event();
			over.set(true);
			assertThat(carol.frames()).last().asString().matches("\\[retry: [12]\\d{3}]");
			assertThat(byTicket.frames()).last().asString().matches("\\[retry: [12]\\d{3}]");
		}
	}

	private static RawClient stream(String job, String ticket, String... headers) {
		return RawClient.get(server.port(),
				"/progress/jobs/" + job + "/events" + ((ticket != null) ? "?ticket=" + ticket : ""), headers);
	}

	private static String ticket(String job, String user) {
		try (RawClient client = RawClient.send(server.port(), "POST", "/progress/jobs/" + job + "/tickets", user)) {
			assertThat(client.status()).isEqualTo(201);
			assertThat(client.header("cache-control")).isEqualTo("no-store");
			String body = client.body();
			assertThat(body).matches("\\{\"ticket\":\"[\\w-]{43}\",\"expiresInMs\":30000,\"url\":\"/progress/jobs/"
					+ job + "/events\\?ticket=[\\w-]{43}\"}");
			return body.substring("{\"ticket\":\"".length(), "{\"ticket\":\"".length() + 43);
		}
	}

	private static Map<String, List<String>> headers(RawClient client) {
		Map<String, List<String>> headers = new TreeMap<>(client.headers());
		headers.remove("date");
		return headers;
	}

	/** Carol's session ends when a test says so. */
	@Configuration(proxyBeanMethods = false)
	static class Sessions {

		private final AtomicBoolean over = new AtomicBoolean();

		@Bean
		CallerResolver callers() {
			return (exchange) -> CallerResolver.principals()
				.resolve(exchange)
				.map((caller) -> "carol".equals(caller.name()) ? caller.until(this.over::get) : caller);
		}

	}

}
