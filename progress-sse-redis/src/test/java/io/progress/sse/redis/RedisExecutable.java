package io.progress.sse.redis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

import org.junit.jupiter.api.Assumptions;
import redis.embedded.core.ExecutableProvider;

/**
 * The Redis servers that tests can run.
 */
enum RedisExecutable {

	/** 6.2, out of a jar: the oldest version that is supported. */
	BUNDLED {
		@Override
		File file() {
			try {
				return ExecutableProvider.newJarResourceProvider().get();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	},
	/** Whatever is installed, version 7 or later. */
	INSTALLED {
		@Override
		File file() {
			Optional<File> found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
				.map((folder) -> new File(folder, "redis-server"))
				.filter(File::canExecute)
				.findFirst();
			Assumptions.assumeTrue(found.isPresent(), "NO redis-server ON THE PATH: ITS TESTS WERE NOT RUN");
			return found.orElseThrow();
		}
	};

	abstract File file();

	/** Whether it was built with TLS: it says at which setting it stops. */
	boolean knowsTls() throws IOException {
		Process process = new ProcessBuilder(file().getPath(), "--tls-port", "0", "--no-such-setting")
			.redirectErrorStream(true)
			.start();
		return !new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).contains("tls-port");
	}

}
