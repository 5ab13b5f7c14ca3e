package io.progress.sse.redis.connection;

import java.io.IOException;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RedisFailureTests {

	private static final String OF_6_2 = "ERR Error running script (call to f_e509): @user_script:32: @user_script: 32: ";

	private static final String OF_7 = " script: e509, on @user_script:32.";

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			OUT_OF_MEMORY | -OOM command not allowed when used memory > 'maxmemory'.
			DEMOTED       | -READONLY You can't write against a read only replica.
			NOT_READY     | -MISCONF Redis is configured to save RDB snapshots
			NOT_READY     | -NOREPLICAS Not enough good replicas to write.
			NOT_READY     | -LOADING Redis is loading the dataset in memory
			NOT_READY     | -CLUSTERDOWN The cluster is down
			REFUSED       | The user executing the script can't run this command or subcommand
			REFUSED       | -NOPERM this user has no permissions to run the 'xadd' command
			REJECTED      | WRONGTYPE Operation against a key holding the wrong kind of value
			OTHER         | Something that a later version says
			OTHER         | A text with BASKING and WRONGTYPED in it
			""")
	void isTheSameWhateverAVersionPutsAroundIt(RedisFailure failure, String reply) {
		String plain = reply.startsWith("-") ? reply.substring(1) : reply;
		assertThat(of(OF_6_2 + reply)).isEqualTo(failure);
		assertThat(of(plain + OF_7)).isEqualTo(failure);
		assertThat(of("ERR " + plain + OF_7)).isEqualTo(failure);
		assertThat(of(plain)).isEqualTo(failure);
	}

	@Test
	void isNotHopelessWhereItIsUnknown() {
		assertThat(RedisFailure.of(new IllegalStateException("WRONGTYPE"))).isEqualTo(RedisFailure.OTHER);
		assertThat(RedisFailure.of(new NoClassDefFoundError("any"))).isEqualTo(RedisFailure.OTHER);
		assertThat(of("")).isEqualTo(RedisFailure.OTHER);
		assertThat(RedisFailure.of(new RedisConnectionException("any"))).isEqualTo(RedisFailure.UNREACHABLE);
		assertThat(RedisFailure.of(new IllegalStateException(new IOException()))).isEqualTo(RedisFailure.UNREACHABLE);
	}

	private static RedisFailure of(String reply) {
		return RedisFailure.of(new RedisCommandExecutionException(reply));
	}

}
