package io.progress.sse.boxtests;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.opentest4j.TestAbortedException;

/**
 * Starts a proxy as a process and waits until it listens.
 */
final class BoxProcess {

	private static final int ATTEMPTS = 3;

	private BoxProcess() {
	}

	/**
	 * Starts a program with a configuration.
	 * @param configuration its text; <code>${port}</code> stands for the port to listen
	 * on
	 * @param arguments the last one is that of the file of the configuration
	 */
	static RunningBox start(String program, String scheme, Path folder, String configuration, String... arguments)
			throws Exception {
		List<String> command = new ArrayList<>(List.of(find(program)));
		command.addAll(List.of(arguments));
		Path file = folder.resolve("box.conf");
		command.add(file.toString());
		File log = folder.resolve("box.log").toFile();
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			// Another process may take a free port first.
			int port = freePort();
			Files.writeString(file, configuration.replace("${port}", String.valueOf(port)));
			Process process = new ProcessBuilder(command).directory(folder.toFile())
				.redirectErrorStream(true)
				.redirectOutput(log)
				.start();
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !process.isAlive() || isListening(port));
			if (process.isAlive()) {
				return new RunningBox(scheme, port, () -> stop(process));
			}
		}
		throw new IllegalStateException(program + " does not start: " + Files.readString(log.toPath()));
	}

	private static String find(String program) {
		return Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin")
			.map((folder) -> Path.of(folder, program))
			.filter(Files::isExecutable)
			.map(Path::toString)
			.findFirst()
			.orElseThrow(() -> {
				String reason = "!!! NO " + program + ": progress-sse was NOT tested behind it !!!";
				System.err.println(reason);
				return new TestAbortedException(reason);
			});
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static boolean isListening(int port) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static void stop(Process process) {
		process.destroy();
		process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
		process.descendants().forEach(ProcessHandle::destroyForcibly);
		process.destroyForcibly();
	}

}
