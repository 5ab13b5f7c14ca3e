package io.progress.sse.security;

import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.AbstractOAuth2Token;
import org.springframework.util.ClassUtils;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

import io.progress.sse.web.access.Caller;
import io.progress.sse.web.access.CallerResolver;

/**
 * Resolves callers with Spring Security: an anonymous authentication is no caller, and a
 * caller with a token is known until the token expires.
 */
final class AuthenticatedCallers implements CallerResolver {

	private static final boolean OAUTH2 = ClassUtils.isPresent(
			"org.springframework.security.oauth2.core.AbstractOAuth2Token",
			AuthenticatedCallers.class.getClassLoader());

	private final CallerResolver delegate = CallerResolver.principals();

	private final AuthenticationTrustResolverImpl trust = new AuthenticationTrustResolverImpl();

	private final Clock clock;

	/**
	 * Creates the resolver.
	 * @param clock decides whether a token has expired
	 */
	AuthenticatedCallers(Clock clock) {
		this.clock = clock;
	}

	@Override
	public Mono<Caller> resolve(ServerWebExchange exchange) {
		return this.delegate.resolve(exchange).map(this::judge);
	}

	private Caller judge(Caller caller) {
		Principal principal = caller.principal();
		if (!(principal instanceof Authentication authentication)) {
			return caller;
		}
		if (!this.trust.isAuthenticated(authentication)) {
			return Caller.UNKNOWN;
		}
		Caller known = caller.withAuthorities(authorities(authentication));
		return OAUTH2 ? Tokens.untilExpiry(known, authentication, this.clock) : known;
	}

	private static List<String> authorities(Authentication authentication) {
		return authentication.getAuthorities()
			.stream()
			.map(GrantedAuthority::getAuthority)
			.filter(Objects::nonNull)
			.toList();
	}

	/**
	 * A separate class, so that OAuth 2 types are loaded only if they are on the class
	 * path.
	 */
	private static final class Tokens {

		private Tokens() {
		}

		static Caller untilExpiry(Caller caller, Authentication authentication, Clock clock) {
			Instant expiry = (authentication.getCredentials() instanceof AbstractOAuth2Token token)
					? token.getExpiresAt() : null;
			return (expiry != null) ? caller.until(expiry, clock) : caller;
		}

	}

}
