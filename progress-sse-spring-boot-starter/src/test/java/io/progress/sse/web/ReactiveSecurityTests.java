package io.progress.sse.web;

import java.security.Principal;
import java.time.Clock;
import java.util.Base64;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;

import io.progress.sse.TestSettings;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.ticket.InMemoryTicketStore;
import io.progress.sse.web.access.Caller;
import io.progress.sse.web.access.JobAccessPolicy;
import io.progress.sse.web.ticket.StreamTickets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A reactive application with Spring Security, whose configuration does not know of us.
 */
class ReactiveSecurityTests {

	private static final String STREAM = "/progress/jobs/of-alice/events";

	private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(new Class<?>[] { Security.class }, "progress.sse.await-unknown=0",
				"progress.sse.cancel.enabled=true", "progress.sse.routes.own.path=/own/{jobId}");
		server.job("of-alice", "alice").queued();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@CsvSource({ "GET, /progress/jobs/of-alice", "GET, /progress/jobs/of-alice/events",
			"HEAD, /progress/jobs/of-alice/events", "GET, /progress/events?job=of-alice", "GET, /own/of-alice",
			"DELETE, /progress/jobs/of-alice", "POST, /progress/jobs/of-alice/tickets", "GET, /progress/jobs",
			"GET, /progress/jobs?owner=alice", "GET, /progress/events", "HEAD, /progress/events",
			"POST, /progress/jobs/of-alice/retry" })
	void anonymousIsTurnedAwayAndNotSentToALoginPage(String method, String path) {
		try (RawClient nobody = RawClient.send(server.port(), method, path, "Accept: text/html, */*")) {
			assertThat(nobody.status()).isEqualTo(401);
			assertThat(nobody.header("location")).isNull();
			assertThat(nobody.header("www-authenticate")).as("there is no way in by a token").isEqualTo("Session");
			assertThat(nobody.header("content-type")).isEqualTo("application/problem+json");
		}
	}

	@ParameterizedTest
	@CsvSource({ "GET, /progress//jobs", "GET, //progress/jobs", "GET, /progress/jobs/", "GET, /progress/jobs;a=b",
			"GET, /progress;a=b/jobs", "GET, /progress/./jobs", "GET, /progress/x/../jobs", "GET, /progress/%6aobs",
			"GET, /progress/%2e%2e/progress/jobs", "GET, /progress/jobs%2f", "GET, /progress/JOBS",
			"GET, /progress/client.js/../jobs", "GET, /progress/client.js;/jobs", "GET, /progress/client.js%00" })
	void noSpellingOfAPathLetsAnonymousIn(String method, String path) {
		try (RawClient nobody = RawClient.send(server.port(), method, path, "Accept: application/json")) {
			assertThat(nobody.status()).isGreaterThanOrEqualTo(302);
			assertThat(nobody.body()).doesNotContain("of-alice");
		}
	}

	@ParameterizedTest
	@CsvSource({ "GET, client.js, 200", "HEAD, client.js, 200", "GET, client.d.ts, 200", "POST, client.js, 401",
			"GET, client.jsx, 302", "GET, client.js/more, 302" })
	void anonymousCallersGetTheScriptOnly(String method, String file, int status) {
		try (RawClient nobody = RawClient.send(server.port(), method, "/progress/" + file, "Accept: text/html, */*")) {
			assertThat(nobody.status()).isEqualTo(status);
		}
	}

	@Test
	void pagesOfTheApplicationStillSendToTheLoginPage() {
		try (RawClient nobody = RawClient.get(server.port(), "/orders", "Accept: text/html")) {
			assertThat(nobody.status()).isEqualTo(302);
			assertThat(nobody.header("location")).isEqualTo("/login");
		}
	}

	@ParameterizedTest
	@CsvSource({ "GET, /progress/jobs/%s", "GET, /progress/jobs/%s/events", "GET, /progress/events?job=%s",
			"GET, /own/%s", "DELETE, /progress/jobs/%s" })
	void theOtherUserSeesNothing(String method, String path) {
		try (RawClient foreign = RawClient.send(server.port(), method, path.formatted("of-alice"), basic("bob"));
				RawClient unknown = RawClient.send(server.port(), method, path.formatted("of-nobody"), basic("bob"))) {
			assertThat(foreign.status()).isEqualTo(unknown.status()).isEqualTo(404);
			assertThat(foreign.body()).isEqualTo(unknown.body());
		}
	}

	@Test
	void theOwnerWatches() {
		try (RawClient alice = RawClient.get(server.port(), STREAM, basic("alice"))) {
			assertThat(alice.event().get("data")).contains("\"state\":\"queued\"");
		}
	}

	@ParameterizedTest
	@CsvSource({ STREAM, "/own/of-alice" })
	void aTicketOpensAStreamOnceAndNothingElse(String path) {
		String ticket = ticket();
		try (RawClient cancel = RawClient.send(server.port(), "DELETE", "/progress/jobs/of-alice?ticket=" + ticket);
				RawClient status = RawClient.get(server.port(), "/progress/jobs/of-alice?ticket=" + ticket);
				RawClient stream = RawClient.get(server.port(), path + "?ticket=" + ticket);
				RawClient again = RawClient.get(server.port(), path + "?ticket=" + ticket)) {
			assertThat(cancel.status()).isEqualTo(401);
			assertThat(status.status()).isEqualTo(401);
			assertThat(stream.event().get("data")).contains("\"state\":\"queued\"");
			assertThat(again.status()).isEqualTo(401);
		}
	}

	@Test
	void aTicketOfAnotherNodeIsJudgedByTheAuthoritiesOfItsBuyer() {
		try (RawClient stream = RawClient.get(server.port(),
				"/own/of-alice?ticket=" + ticketOfAnotherNode("ROLE_USER"));
				RawClient refused = RawClient.get(server.port(),
						"/own/of-alice?ticket=" + ticketOfAnotherNode("ROLE_GUEST"))) {
			assertThat(stream.event().get("data")).contains("\"state\":\"queued\"");
			assertThat(refused.status()).isEqualTo(403);
		}
		assertThat(server.bean(Watchful.class).seen).isInstanceOfSatisfying(Authentication.class,
				(alice) -> assertThat(alice.getAuthorities()).extracting(GrantedAuthority::getAuthority)
					.containsExactly("ROLE_USER"));
	}

	@Test
	void whileTheTicketStoreIsUnreachableNoTicketIsCalledInvalid() {
		String ticket = ticket();
		FragileTicketStore store = server.bean(FragileTicketStore.class);
		store.away = true;
		try (RawClient stream = RawClient.get(server.port(), STREAM + "?ticket=" + ticket);
				RawClient purchase = RawClient.send(server.port(), "POST", "/progress/jobs/of-alice/tickets",
						basic("alice"))) {
			assertThat(stream.status()).isEqualTo(503);
			assertThat(stream.body()).contains("store-unavailable");
			assertThat(purchase.status()).isEqualTo(503);
		}
		finally {
			store.away = false;
		}
		try (RawClient stream = RawClient.get(server.port(), STREAM + "?ticket=" + ticket)) {
			assertThat(stream.status()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { STREAM, "/progress/events" })
	void logoutEndsTheStream(String path) {
		String cookie;
		try (RawClient login = RawClient.send(server.port(), 0, "POST", "/login", "username=alice&password=alice",
				FORM)) {
			cookie = "Cookie: " + login.header("set-cookie").replaceAll(";.*", "");
		}
		try (RawClient stream = RawClient.get(server.port(), path, cookie)) {
			stream.event();
			RawClient.send(server.port(), 0, "POST", "/logout", "bye=bye", FORM, cookie).close();
			assertThat(stream.frames()).last().asString().matches("\\[retry: [12]\\d{3}]");
		}
		await().untilAsserted(() -> assertThat(server.bean(EventStreams.class).streams()).isZero());
		try (RawClient late = RawClient.get(server.port(), path, cookie)) {
			assertThat(late.status()).isEqualTo(401);
		}
	}

	private static String ticket() {
		try (RawClient client = RawClient.send(server.port(), "POST", "/progress/jobs/of-alice/tickets",
				basic("alice"))) {
			assertThat(client.status()).isEqualTo(201);
			return client.body().replaceAll(".*\"ticket\":\"([\\w-]+)\".*", "$1");
		}
	}

	private static String ticketOfAnotherNode(String authority) {
		StreamTickets otherNode = new StreamTickets(TestSettings.tickets(), server.bean(FragileTicketStore.class),
				System::nanoTime, Clock.systemUTC());
		Caller alice = new Caller(() -> "alice", () -> false).withAuthorities(List.of(authority));
		return otherNode.issue(JobId.of("of-alice"), alice).block();
	}

	private static String basic(String user) {
		return "Authorization: Basic " + Base64.getEncoder().encodeToString((user + ":" + user).getBytes(UTF_8));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebFluxSecurity
	static class Security {

		@Bean
		SecurityWebFilterChain chain(ServerHttpSecurity http) {
			return http
				.authorizeExchange(
						(exchanges) -> exchanges.pathMatchers("/own/**").hasRole("USER").anyExchange().authenticated())
				.formLogin(Customizer.withDefaults())
				.httpBasic(Customizer.withDefaults())
				.csrf(ServerHttpSecurity.CsrfSpec::disable)
				.build();
		}

		@Bean
		FragileTicketStore tickets() {
			return new FragileTicketStore(new InMemoryTicketStore(System::nanoTime, 100));
		}

		@Bean
		Watchful policy() {
			return new Watchful();
		}

		@Bean
		MapReactiveUserDetailsService users() {
			return new MapReactiveUserDetailsService(
					User.withUsername("alice").password("{noop}alice").roles("USER").build(),
					User.withUsername("bob").password("{noop}bob").roles("USER").build());
		}

	}

	/** Remembers who asked last and was let in. */
	static final class Watchful implements JobAccessPolicy {

		private volatile @Nullable Principal seen;

		@Override
		public Mono<Boolean> permits(@Nullable Principal caller, JobInfo job, Action action) {
			return JobAccessPolicy.owners()
				.permits(caller, job, action)
				.doOnNext((permitted) -> this.seen = permitted ? caller : this.seen);
		}

	}

}
