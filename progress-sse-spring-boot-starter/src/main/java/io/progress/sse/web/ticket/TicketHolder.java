package io.progress.sse.web.ticket;

import java.security.Principal;

/**
 * A principal of whom this node knows only the name, because another node has issued the
 * ticket.
 */
record TicketHolder(String name) implements Principal {

	@Override
	public String getName() {
		return this.name;
	}

}
