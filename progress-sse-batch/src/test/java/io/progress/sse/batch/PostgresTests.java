package io.progress.sse.batch;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The big job with a repository in PostgreSQL, as Debian has it. Skipped where no server
 * is installed.
 */
class PostgresTests {

	private static final List<String> AS_POSTGRES = "root".equals(System.getProperty("user.name"))
			? List.of("runuser", "-u", "postgres", "--") : List.of();

	private static Path programs;

	private static Path data;

	private static int port;

	@BeforeAll
	static void start() throws Exception {
		programs = programs();
		if (programs == null) {
			System.err.println("!!! NO PostgreSQL under /usr/lib/postgresql: its test was NOT run !!!");
		}
		Assumptions.assumeTrue(programs != null, "PostgreSQL is not installed");
		data = Files.createTempDirectory("progress-postgres");
		if (!AS_POSTGRES.isEmpty()) {
			assertThat(run(List.of("chown", "postgres", data.toString()))).isZero();
		}
		port = freePort();
		assertThat(run(asPostgres("initdb", "-A", "trust", "-U", "batch", "--no-sync", "-D", data + "/db"))).isZero();
		assertThat(run(asPostgres("pg_ctl", "-D", data + "/db", "-l", data + "/log", "-o",
				"-p " + port + " -k " + data + " -c listen_addresses=127.0.0.1 -c fsync=off", "start")))
			.isZero();
		Awaitility.await().ignoreExceptions().until(() -> {
			try (Connection connection = DriverManager.getConnection(url(), "batch", "")) {
				return connection.isValid(1);
			}
		});
	}

	@AfterAll
	static void stop() throws Exception {
		if (data != null) {
			run(asPostgres("pg_ctl", "-D", data + "/db", "-m", "immediate", "stop"));
			FileSystemUtils.deleteRecursively(data);
		}
	}

	@Test
	void aBigJobIsWatchedFromItsBeginToItsEnd() throws Exception {
		try (BatchApplication application = BatchApplication.start(BigJob.class,
				new String[] { "spring.batch.jdbc.initialize-schema=always" }, "spring.datasource.url=" + url(),
				"spring.datasource.username=batch")) {
			BigJobTests.check(application, application.run("big", "run", "1"));
		}
	}

	private static String url() {
		return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
	}

	private static List<String> asPostgres(String program, String... arguments) {
		List<String> command = new ArrayList<>(AS_POSTGRES);
		command.add(programs.resolve(program).toString());
		command.addAll(List.of(arguments));
		return command;
	}

	private static int run(List<String> command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).directory(Path.of("/").toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		return process.exitValue();
	}

	private static Path programs() throws IOException {
		Path versions = Path.of("/usr/lib/postgresql");
		if (!Files.isDirectory(versions)) {
			return null;
		}
		try (Stream<Path> found = Files.list(versions)) {
			return found.map((version) -> version.resolve("bin"))
				.filter((folder) -> Files.isExecutable(folder.resolve("initdb")))
				.findAny()
				.orElse(null);
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
