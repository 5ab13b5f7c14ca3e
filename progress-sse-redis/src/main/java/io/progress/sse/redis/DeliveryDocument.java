package io.progress.sse.redis;

import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

import io.progress.sse.event.JobId;
import io.progress.sse.webhook.Delivery;

/**
 * The JSON of a delivery.
 */
final class DeliveryDocument {

	private DeliveryDocument() {
	}

	static byte[] write(Delivery delivery) {
		return new Document().withText("job", delivery.job())
			.withText("createdAt", delivery.createdAt())
			.withText("target", delivery.target())
			.with("attempts", delivery.attempts())
			.write();
	}

	/**
	 * Reads a delivery.
	 * @return the delivery; empty if the text is not a delivery
	 */
	static Optional<Delivery> read(byte[] json) {
		try {
			Document document = Document.read(json);
			return Optional
				.of(new Delivery(document.required("job", JobId::of), document.required("createdAt", Instant::parse),
						document.required("target", URI::create), document.integer("attempts", 0)));
		}
		catch (IllegalArgumentException | DateTimeParseException ex) {
			return Optional.empty();
		}
	}

}
