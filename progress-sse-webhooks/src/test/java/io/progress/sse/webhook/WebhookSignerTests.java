package io.progress.sse.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WebhookSignerTests {

	private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

	private static final String OTHER_SECRET = "whsec_c2Vjb25kLXNlY3JldC1vZi0yNC1ieXRlcyE=";

	private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";

	private static final String BODY = "{\"test\": 2432232314}";

	private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

	@Test
	void signsTheExampleOfTheReferenceLibraries() {
		assertThat(sign(SECRET)).isEqualTo(SIGNATURE);
		assertThat(SignatureCheck.accepts(SECRET, ID, "1614265330", BODY, SIGNATURE)).isTrue();
	}

	@Test
	void signsOnceForEachSecretWhileOneIsChanged() {
		String both = sign(OTHER_SECRET, SECRET);
		assertThat(both.split(" ")).hasSize(2).contains(SIGNATURE);
		assertThat(SignatureCheck.accepts(SECRET, ID, "1614265330", BODY, both)).isTrue();
		assertThat(SignatureCheck.accepts(OTHER_SECRET, ID, "1614265330", BODY, both)).isTrue();
		assertThat(SignatureCheck.accepts(OTHER_SECRET, ID, "1614265330", BODY, SIGNATURE)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa",
			"whsec_not base 64 but long enough to be some bytes",
			"whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" })
	void recognisesInvalidSecrets(String text) {
		assertThat(WebhookSigner.isSecret(text)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { SECRET, OTHER_SECRET })
	void knowsASecret(String text) {
		assertThat(WebhookSigner.isSecret(text)).isTrue();
	}

	private static String sign(String... secrets) {
		return new WebhookSigner(List.of(secrets)).sign(ID, Instant.ofEpochSecond(1614265330),
				BODY.getBytes(StandardCharsets.UTF_8));
	}

}
