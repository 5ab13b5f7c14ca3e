package io.progress.sse.web.ticket;

import java.security.Principal;

/**
 * Somebody whom another node knows, and this one by name alone.
 */
record TicketHolder(String name) implements Principal {

	@Override
	public String getName() {
		return this.name;
	}

}
