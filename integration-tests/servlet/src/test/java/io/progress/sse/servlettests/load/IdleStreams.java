package io.progress.sse.servlettests.load;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Measures what idle streams cost a servlet container, and what they do to ordinary
 * requests: {@code IdleStreams <TOMCAT|JETTY> <streams> <max heap> <requests per second>
 * <seconds> [property…]}. Server and load are processes of their own, on loopback.
 * Properties are Boot's and, below {@code connector.}, those of Tomcat's connector.
 */
final class IdleStreams {

	/** So that classes are there. Few, since Tomcat keeps the buffers of many. */
	private static final int WARM_UP_STREAMS = 20;

	private IdleStreams() {
	}

	public static void main(String[] args) throws Exception {
		String container = args[0];
		int streams = Integer.parseInt(args[1]);
		String heap = args[2];
		int rate = Integer.parseInt(args[3]);
		int seconds = Integer.parseInt(args[4]);
		List<String> properties = List.of(args).subList(5, args.length);
		PrintStream out = System.out;
		try (ServerProcess server = ServerProcess.start(container, heap, properties)) {
			int port = server.port();
			out.printf("%s, heap at most %s, %d requests/s%n", container, heap, rate);
			OpenStreams.open(port, WARM_UP_STREAMS).close();
			server.awaitNoStreams();
			long heapBefore = server.ask("heap");
			try (OpenStreams open = OpenStreams.open(port, streams)) {
				long heapAfter = server.ask("heap");
				out.printf("heap without streams %.1f MB, with %d %.1f MB: %.1f KB per stream%n", heapBefore / 1e6,
						open.count(), heapAfter / 1e6, (heapAfter - heapBefore) / 1e3 / Math.max(1, open.count()));
				OrdinaryRequests.measure(port, rate, 5);
				out.printf("with streams: %s%n", OrdinaryRequests.measure(port, rate, seconds));
				open.awaitHeartbeats();
				out.printf("streams that are alive at the end: %d%n", open.alive());
			}
			server.awaitNoStreams();
			out.printf("heap when they have gone %.1f MB%n", server.ask("heap") / 1e6);
			out.printf("without streams: %s%n", OrdinaryRequests.measure(port, rate, seconds));
		}
	}

	/** The server, which answers questions on its standard input. */
	private static final class ServerProcess implements AutoCloseable {

		private final Process process;

		private final BufferedReader answers;

		private final BufferedWriter questions;

		private ServerProcess(Process process) {
			this.process = process;
			this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
			this.questions = new BufferedWriter(
					new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
		}

		static ServerProcess start(String container, String heap, List<String> properties) throws IOException {
			Stream<String> command = Stream.of(System.getProperty("java.home") + "/bin/java", "-Xmx" + heap,
					"-XX:+ExitOnOutOfMemoryError", "-cp", System.getProperty("java.class.path"),
					IdleStreamsServer.class.getName(), container);
			return new ServerProcess(new ProcessBuilder(Stream.concat(command, properties.stream()).toList())
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start());
		}

		int port() throws IOException {
			return (int) ask("port");
		}

		long ask(String question) throws IOException {
			this.questions.write(question + "\n");
			this.questions.flush();
			String answer = this.answers.readLine();
			while (answer != null && !answer.startsWith(question + "=")) {
				answer = this.answers.readLine();
			}
			if (answer == null) {
				throw new IOException("The server has died");
			}
			return Long.parseLong(answer.substring(question.length() + 1));
		}

		void awaitNoStreams() throws Exception {
			for (int i = 0; i < 60 && ask("streams") > 0; i++) {
				TimeUnit.SECONDS.sleep(1);
			}
		}

		@Override
		public void close() {
			this.process.destroy();
			this.process.onExit().join();
		}

	}

}
