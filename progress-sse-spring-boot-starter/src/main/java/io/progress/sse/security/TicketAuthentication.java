package io.progress.sse.security;

import java.security.Principal;
import java.util.Collection;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

import io.progress.sse.web.access.Caller;

/**
 * The authentication of a request with a ticket: it represents the caller to whom the
 * ticket was issued.
 */
final class TicketAuthentication extends AbstractAuthenticationToken {

	private static final long serialVersionUID = 1L;

	private final transient Principal holder;

	TicketAuthentication(Caller caller) {
		super(authorities(caller));
		this.holder = Objects.requireNonNull(caller.principal());
		setAuthenticated(true);
	}

	@Override
	public @Nullable Object getCredentials() {
		return null;
	}

	@Override
	public Principal getPrincipal() {
		return this.holder;
	}

	private static Collection<? extends GrantedAuthority> authorities(Caller caller) {
		return (caller.principal() instanceof Authentication authentication) ? authentication.getAuthorities()
				: caller.authorities().stream().map(SimpleGrantedAuthority::new).toList();
	}

}
