package io.progress.sse.security;

import java.security.Principal;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * The authentication of a request that shows a ticket: that of the one who got the
 * ticket.
 */
final class TicketAuthentication extends AbstractAuthenticationToken {

	private static final long serialVersionUID = 1L;

	private final transient Principal caller;

	TicketAuthentication(Principal caller) {
		super(authorities(caller));
		this.caller = caller;
		setAuthenticated(true);
	}

	@Override
	public @Nullable Object getCredentials() {
		return null;
	}

	@Override
	public Principal getPrincipal() {
		return this.caller;
	}

	private static Collection<? extends GrantedAuthority> authorities(Principal caller) {
		return (caller instanceof Authentication authentication) ? authentication.getAuthorities() : List.of();
	}

}
