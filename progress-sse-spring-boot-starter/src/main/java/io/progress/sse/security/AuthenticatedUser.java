package io.progress.sse.security;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

import io.progress.sse.CurrentUser;

/**
 * The user of a thread according to Spring Security; an anonymous authentication is no
 * user.
 */
final class AuthenticatedUser implements CurrentUser {

	private final AuthenticationTrustResolverImpl trust = new AuthenticationTrustResolverImpl();

	@Override
	public @Nullable String name() {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		return this.trust.isAuthenticated(authentication) ? authentication.getName() : null;
	}

}
