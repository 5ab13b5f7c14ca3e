package io.progress.sse.web;

import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reactive application with Spring Security, without a policy of its own.
 */
class AdministratorTests {

	@ParameterizedTest
	@CsvSource({ "progress.sse.list.admin-role=ADMIN, root chief, alice",
			"progress.sse.list.admin-role=BOSS, chief, root", "progress.sse.list.admin-role=, '', root" })
	void whoHasTheRoleListsAllJobs(String role, String administrators, String other) {
		try (TestServer server = TestServer.start(new Class<?>[] { Security.class }, role)) {
			server.job("of-alice", "alice").queued();
			server.job("of-nobody").queued();
			for (String user : (administrators + " " + other).strip().split(" ", -1)) {
				int status = user.equals(other) ? 404 : 200;
				try (RawClient all = RawClient.get(server.port(), "/progress/jobs?owner=*", basic(user));
						RawClient one = RawClient.get(server.port(), "/progress/jobs/of-nobody", basic(user))) {
					assertThat(all.status()).as(user).isEqualTo(status);
					assertThat(one.status()).as(user).isEqualTo(status);
					assertThat(all.body().contains("of-alice")).as(user).isEqualTo(status == 200);
				}
			}
		}
	}

	@Test
	void usersSeeTheirs() {
		try (TestServer server = TestServer.start(new Class<?>[] { Security.class })) {
			server.job("of-alice", "alice").queued();
			server.job("of-bob", "bob").queued();
			try (RawClient list = RawClient.get(server.port(), "/progress/jobs", basic("alice"));
					RawClient nobody = RawClient.get(server.port(), "/progress/jobs");
					RawClient stream = RawClient.get(server.port(), "/progress/events", basic("alice"));
					RawClient all = RawClient.get(server.port(), "/progress/events?owner=*", basic("root"))) {
				assertThat(list.body()).contains("of-alice").doesNotContain("of-bob");
				assertThat(nobody.status()).isEqualTo(401);
				assertThat(stream.event()).containsEntry("data", "{\"jobs\":1}");
				assertThat(stream.event().get("data")).contains("of-alice");
				assertThat(all.event()).containsEntry("data", "{\"jobs\":2}");
			}
		}
	}

	private static String basic(String user) {
		return "Authorization: Basic " + Base64.getEncoder().encodeToString((user + ":" + user).getBytes(UTF_8));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebFluxSecurity
	static class Security {

		@Bean
		SecurityWebFilterChain chain(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated())
				.httpBasic(Customizer.withDefaults())
				.csrf(ServerHttpSecurity.CsrfSpec::disable)
				.build();
		}

		@Bean
		RoleHierarchy roles() {
			return RoleHierarchyImpl.fromHierarchy("ROLE_BOSS > ROLE_ADMIN");
		}

		@Bean
		MapReactiveUserDetailsService users() {
			return new MapReactiveUserDetailsService(
					User.withUsername("alice").password("{noop}alice").roles("USER").build(),
					User.withUsername("root").password("{noop}root").roles("ADMIN").build(),
					User.withUsername("chief").password("{noop}chief").roles("BOSS").build());
		}

	}

}
