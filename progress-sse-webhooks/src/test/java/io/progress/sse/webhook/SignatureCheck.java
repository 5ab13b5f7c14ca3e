package io.progress.sse.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a receiver does, written from the specification.
 */
final class SignatureCheck {

	private SignatureCheck() {
	}

	static boolean accepts(String secret, String id, String timestamp, String body, String signatures) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replace("whsec_", "")), "HmacSHA256"));
			byte[] expected = mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
			return Arrays.stream(signatures.split(" "))
				.filter((each) -> each.startsWith("v1,"))
				.anyMatch((each) -> MessageDigest.isEqual(expected, Base64.getDecoder().decode(each.substring(3))));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
