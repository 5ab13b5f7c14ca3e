package io.progress.sse.ticket;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The content of a ticket, which opens one stream once: the principal for whom it stands.
 * Which job it opens is part of the name under which a {@link TicketStore} keeps it.
 *
 * @param owner name of the principal it was given to
 * @param authorities names of what the principal may do, in the words of the
 * application's security; may be empty
 * @param expiresAt when the credential of the principal expires that the ticket was given
 * out for, and with it a stream that the ticket has opened; {@code null} if it is not
 * known to expire
 */
public record Ticket(String owner, List<String> authorities, @Nullable Instant expiresAt) {

	/**
	 * Copies the authorities.
	 */
	public Ticket {
		authorities = List.copyOf(authorities);
	}

}
