package io.progress.sse.ticket;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The content of a ticket, which opens one stream once: the principal that it represents.
 * The job is part of the name under which a {@link TicketStore} keeps the ticket.
 *
 * @param owner name of the principal
 * @param authorities names of the principal's authorities in the application's security;
 * may be empty
 * @param expiresAt when the principal's credential expires, which also ends a stream that
 * the ticket has opened; {@code null} if no expiry is known
 */
public record Ticket(String owner, List<String> authorities, @Nullable Instant expiresAt) {

	/**
	 * Copies the authorities.
	 */
	public Ticket {
		authorities = List.copyOf(authorities);
	}

}
