package io.progress.sse.benchmarks.load;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.progress.sse.benchmarks.server.ServerMain;

/**
 * A server in a process of its own, told what to do through its standard input. It ends
 * when that closes, so none outlives this process.
 */
final class ServerProcess implements AutoCloseable {

	private final ServerKind kind;

	private final Process process;

	private final BufferedWriter commands;

	private final BufferedReader answers;

	private final int port;

	ServerProcess(ServerKind kind, List<String> properties) throws IOException {
		this.kind = kind;
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-Xms512m", "-Xmx512m"));
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), ServerMain.class.getName(), kind.name()));
		command.addAll(properties);
		this.process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
		this.commands = this.process.outputWriter();
		this.answers = this.process.inputReader();
		this.port = Integer.parseInt(answer());
	}

	ServerKind kind() {
		return this.kind;
	}

	int port() {
		return this.port;
	}

	synchronized void tell(String command) {
		try {
			this.commands.write(command);
			this.commands.newLine();
			this.commands.flush();
		}
		catch (IOException ex) {
			throw new IllegalStateException("The server does not take '" + command + "'", ex);
		}
	}

	synchronized String ask(String command) throws IOException {
		tell(command);
		return answer();
	}

	long askNumber(String command) throws IOException {
		return Long.parseLong(ask(command));
	}

	private String answer() throws IOException {
		for (String line = this.answers.readLine(); line != null; line = this.answers.readLine()) {
			if (line.startsWith(ServerMain.ANSWER)) {
				return line.substring(ServerMain.ANSWER.length());
			}
			System.err.println(line);
		}
		throw new IOException("The server " + this.kind.label() + " has ended");
	}

	@Override
	public void close() throws IOException, InterruptedException {
		this.commands.close();
		if (!this.process.waitFor(5, TimeUnit.SECONDS)) {
			this.process.destroyForcibly();
		}
	}

}
