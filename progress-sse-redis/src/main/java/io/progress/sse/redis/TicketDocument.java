package io.progress.sse.redis;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.progress.sse.ticket.Ticket;

/**
 * The JSON of a ticket.
 *
 * @param left the owner's mark when the ticket was put; empty if there was none
 */
record TicketDocument(Ticket ticket, String left) {

	private static final int MAX_BYTES = 64 * 1024;

	/**
	 * Writes a ticket.
	 * @throws IllegalArgumentException if it takes too much space
	 */
	static byte[] write(Ticket ticket, String left) {
		Instant expiry = ticket.expiresAt();
		byte[] json = new Document().with("owner", ticket.owner())
			.with("authorities", ticket.authorities())
			.with("expiresAt", (expiry != null) ? expiry.toEpochMilli() : null)
			.with("left", left)
			.write();
		if (json.length > MAX_BYTES) {
			throw new IllegalArgumentException("'owner' and 'authorities' must take at most " + MAX_BYTES
					+ " bytes of JSON in all, but take " + json.length);
		}
		return json;
	}

	/**
	 * Parses a ticket.
	 * @return the ticket; empty if the text is not a ticket
	 */
	static Optional<TicketDocument> read(byte[] json) {
		if (json.length > MAX_BYTES) {
			return Optional.empty();
		}
		try {
			Document document = Document.read(json);
			Ticket ticket = new Ticket(document.text("owner"), authorities(document), expiry(document));
			return Optional.of(new TicketDocument(ticket, document.text("left")));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private static List<String> authorities(Document document) {
		List<?> authorities = Document.required("authorities", document.optional("authorities", List.class));
		return authorities.stream()
			.map((each) -> Document.required("an authority", (each instanceof String name) ? name : null))
			.toList();
	}

	private static @Nullable Instant expiry(Document document) {
		Number expiry = document.optional("expiresAt", Number.class);
		return (expiry != null) ? Instant.ofEpochMilli(expiry.longValue()) : null;
	}

}
