package io.progress.sse.redis.connection;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RedisVersionTests {

	@ParameterizedTest
	@ValueSource(strings = { "2.8.24", "5.0.14", "6.0.20" })
	void areTooOldBefore(String version) {
		assertThat(RedisVersion.isTooOld(version)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "6.2.0", "6.2.11", "7.0.15", "8.0-rc1", "10.0.0", "255.255.255", "unstable", "" })
	void areGoodFrom(String version) {
		assertThat(RedisVersion.isTooOld(version)).isFalse();
	}

}
