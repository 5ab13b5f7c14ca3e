package io.progress.sse.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.progress.sse.redis.connection.RedisLink;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The connection for commands, where there is none.
 */
@ExtendWith(OutputCaptureExtension.class)
class RedisLinkTests {

	@Test
	void logsNoFailureOfACancelledConnection(CapturedOutput output) throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			LettuceConnectionFactory connections = RedisProcess.connectionFactory(silent.getLocalPort());
			RedisProgressEventStore store = RedisProgressEventStore.builder(connections).build();
			store.connect().timeout(Duration.ofMillis(500)).onErrorComplete().block();
			Awaitility.await().pollDelay(RedisLink.COMMAND_TIMEOUT.plusSeconds(1)).until(() -> true);
			store.close();
			connections.destroy();
		}
		assertThat(output).doesNotContain("ERROR");
	}

}
