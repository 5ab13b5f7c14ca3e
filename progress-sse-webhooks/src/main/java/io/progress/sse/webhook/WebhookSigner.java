package io.progress.sse.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs messages by the symmetric scheme {@code v1}: HMAC-SHA256 of
 * {@code id.timestamp.body}, once for each secret, so that a receiver can change from one
 * to another without missing a message.
 */
final class WebhookSigner {

	private static final String ALGORITHM = "HmacSHA256";

	private static final String PREFIX = "whsec_";

	private static final int MIN_LENGTH = 24;

	private static final int MAX_LENGTH = 64;

	private final List<SecretKeySpec> keys;

	WebhookSigner(List<String> secrets) {
		this.keys = secrets.stream().map((secret) -> new SecretKeySpec(key(secret), ALGORITHM)).toList();
	}

	static boolean isSecret(String secret) {
		byte[] key = key(secret);
		return key.length >= MIN_LENGTH && key.length <= MAX_LENGTH;
	}

	/**
	 * Signs a message.
	 * @param id the message's id, without a full stop
	 * @param time the time of sending
	 * @param body the body
	 * @return value of the header {@code webhook-signature}
	 */
	String sign(String id, Instant time, byte[] body) {
		byte[] head = (id + "." + time.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8);
		return this.keys.stream()
			.map((key) -> "v1," + Base64.getEncoder().encodeToString(hmac(key, head, body)))
			.collect(Collectors.joining(" "));
	}

	private static byte[] hmac(SecretKeySpec key, byte[] head, byte[] body) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(key);
			mac.update(head);
			return mac.doFinal(body);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ALGORITHM + " is missing from this Java runtime", ex);
		}
	}

	private static byte[] key(String secret) {
		try {
			return secret.startsWith(PREFIX) ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
					: new byte[0];
		}
		catch (IllegalArgumentException ex) {
			return new byte[0];
		}
	}

}
