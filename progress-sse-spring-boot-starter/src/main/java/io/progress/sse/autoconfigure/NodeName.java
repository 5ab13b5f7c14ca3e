package io.progress.sse.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

import io.progress.sse.support.JobSettings;

/**
 * The name of this process if the application gives it none. Nobody asks the network for
 * it, because that takes seconds on some machines.
 */
final class NodeName {

	private static final String UNPRINTABLE = "[\\p{C}\\p{Zl}\\p{Zp}]";

	private static final int LONGEST_HOST = JobSettings.NODE_LENGTH - ":65535".length();

	private NodeName() {
	}

	/**
	 * The name of the host, and the port of the server if it is set, because processes of
	 * one host differ in it.
	 */
	static String of(Environment environment) {
		String host = Stream
			.of(environment.getProperty("HOSTNAME"), environment.getProperty("COMPUTERNAME"),
					read(Path.of("/proc/sys/kernel/hostname")))
			.filter(Objects::nonNull)
			.map((name) -> name.replaceAll(UNPRINTABLE, "").strip())
			.filter(StringUtils::hasText)
			.findFirst()
			.orElseGet(() -> "process-" + ProcessHandle.current().pid());
		String port = environment.getProperty("server.port", "");
		return host.substring(0, Math.min(host.length(), LONGEST_HOST))
				+ (port.matches("[1-9][0-9]{0,4}") ? ":" + port : "");
	}

	private static @Nullable String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException | SecurityException ex) {
			return null;
		}
	}

}
