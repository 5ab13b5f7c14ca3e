package io.progress.sse.sample.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import org.springframework.stereotype.Component;

/**
 * The keys that are known.
 */
@Component
class ApiKeys {

	private static final int NAME_BYTES = 6;

	private final List<byte[]> digests;

	ApiKeys(AccessProperties properties) {
		this.digests = properties.apiKeys().stream().map(ApiKeys::digest).toList();
	}

	/**
	 * The name of a key's owner, which does not give the key away.
	 */
	Optional<String> ownerOf(String key) {
		byte[] wanted = digest(key);
		return this.digests.stream()
			.filter((known) -> MessageDigest.isEqual(known, wanted))
			.map((known) -> "key-" + HexFormat.of().formatHex(Arrays.copyOf(known, NAME_BYTES)))
			.findFirst();
	}

	private static byte[] digest(String key) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JVM has SHA-256", ex);
		}
	}

}
