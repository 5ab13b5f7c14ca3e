package io.progress.sse.redis;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import io.progress.sse.ticket.Ticket;

/**
 * A ticket, as it is written.
 *
 * @param left the owner's mark when the ticket was put; empty if there was none
 */
record TicketDocument(String owner, List<String> authorities, @Nullable Long expiresAt, String left) {

	private static final int MAX_BYTES = 64 * 1024;

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	/**
	 * Writes a ticket.
	 * @throws IllegalArgumentException if it takes too much space
	 */
	static byte[] encode(Ticket ticket, String left) {
		Instant expiry = ticket.expiresAt();
		byte[] json = JSON.writeValueAsBytes(new TicketDocument(ticket.owner(), ticket.authorities(),
				(expiry != null) ? expiry.toEpochMilli() : null, left));
		if (json.length > MAX_BYTES) {
			throw new IllegalArgumentException("'owner' and 'authorities' must take at most " + MAX_BYTES
					+ " bytes of JSON in all, but take " + json.length);
		}
		return json;
	}

	/**
	 * Reads a ticket.
	 * @return the ticket; empty if it is none
	 */
	static Optional<TicketDocument> decode(byte[] json) {
		if (json.length > MAX_BYTES) {
			return Optional.empty();
		}
		try {
			return Optional.ofNullable(JSON.readValue(json, TicketDocument.class)).filter(TicketDocument::isWhole);
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
	}

	private boolean isWhole() {
		return this.owner != null && this.left != null && this.authorities != null
				&& this.authorities.stream().noneMatch(Objects::isNull);
	}

	Ticket ticket() {
		return new Ticket(this.owner, this.authorities,
				(this.expiresAt != null) ? Instant.ofEpochMilli(this.expiresAt) : null);
	}

}
