package io.progress.sse.redis;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import io.progress.sse.event.JobId;
import io.progress.sse.store.Delivery;

/**
 * A delivery, as it is written.
 */
record DeliveryDocument(String job, Instant createdAt, String target, int attempts) {

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	static byte[] encode(Delivery delivery) {
		return JSON.writeValueAsBytes(new DeliveryDocument(delivery.job().value(), delivery.createdAt(),
				delivery.target().toString(), delivery.attempts()));
	}

	/**
	 * Reads a delivery.
	 * @return the delivery; empty if it is none
	 */
	static Optional<Delivery> decode(byte[] json) {
		try {
			DeliveryDocument document = JSON.readValue(json, DeliveryDocument.class);
			return Optional.of(new Delivery(JobId.of(document.job), document.createdAt, URI.create(document.target),
					document.attempts));
		}
		catch (JacksonException | IllegalArgumentException | NullPointerException ex) {
			return Optional.empty();
		}
	}

}
