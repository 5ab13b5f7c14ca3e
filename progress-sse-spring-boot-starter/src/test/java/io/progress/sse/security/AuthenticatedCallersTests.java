package io.progress.sse.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import reactor.core.publisher.Mono;

import io.progress.sse.web.access.Caller;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AuthenticatedCallers}.
 */
class AuthenticatedCallersTests {

	private static final Instant NOW = Instant.parse("2026-05-31T01:00:00Z");

	private final AtomicReference<Instant> now = new AtomicReference<>(NOW);

	private final AuthenticatedCallers callers = new AuthenticatedCallers(new TestClock(this.now));

	@Test
	void userIsKnownByName() {
		Caller caller = resolve(UsernamePasswordAuthenticationToken.authenticated("alice", null, List.of()));
		assertThat(caller.name()).isEqualTo("alice");
		assertThat(caller.gone().getAsBoolean()).isFalse();
	}

	@Test
	void anAnonymousCallerHasNoName() {
		Caller caller = resolve(new AnonymousAuthenticationToken("key", "anonymousUser",
				AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS")));
		assertThat(caller).isEqualTo(Caller.UNKNOWN);
	}

	@Test
	void anUnauthenticatedCallerHasNoName() {
		assertThat(resolve(UsernamePasswordAuthenticationToken.unauthenticated("alice", "guess")))
			.isEqualTo(Caller.UNKNOWN);
	}

	@Test
	void bearerIsKnownUntilTheTokenExpires() {
		Caller caller = resolve(new Bearer(NOW.plusSeconds(60)));
		assertThat(caller.name()).isEqualTo("alice");
		this.now.set(NOW.plusSeconds(59));
		assertThat(caller.gone().getAsBoolean()).isFalse();
		this.now.set(NOW.plusSeconds(60));
		assertThat(caller.gone().getAsBoolean()).isTrue();
	}

	private Caller resolve(Authentication authentication) {
		MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));
		return this.callers.resolve(exchange.mutate().principal(Mono.just(authentication)).build())
			.blockOptional(Duration.ofSeconds(5))
			.orElseThrow();
	}

	private static final class Bearer extends AbstractAuthenticationToken {

		private static final long serialVersionUID = 1L;

		private final Instant expiry;

		Bearer(Instant expiry) {
			super(List.of());
			this.expiry = expiry;
			setAuthenticated(true);
		}

		@Override
		public Object getCredentials() {
			return new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "token", NOW.minusSeconds(1), this.expiry);
		}

		@Override
		public Object getPrincipal() {
			return "alice";
		}

	}

	private static final class TestClock extends Clock {

		private final AtomicReference<Instant> now;

		TestClock(AtomicReference<Instant> now) {
			this.now = now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return this.now.get();
		}

	}

}
