package io.progress.sse.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A server that can say which version it is of, and nothing else: nobody builds the old
 * ones any more.
 */
final class OldRedis implements AutoCloseable {

	private final ServerSocket server;

	private final String info;

	OldRedis(String version) {
		this.info = "# Server\r\nredis_version:" + version + "\r\n";
		try {
			this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	int port() {
		return this.server.getLocalPort();
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket socket = this.server.accept();
				start(() -> serve(socket));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket socket) {
		try (socket; BufferedReader in = reader(socket); OutputStream out = socket.getOutputStream()) {
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				int arguments = Integer.parseInt(line.substring(1));
				String command = "";
				for (int i = 0; i < arguments; i++) {
					in.readLine();
					String argument = in.readLine();
					command = (i == 0) ? argument : command;
				}
				out.write(answer(command).getBytes(StandardCharsets.US_ASCII));
				out.flush();
			}
		}
		catch (IOException ex) {
			// The client is gone.
		}
	}

	private String answer(String command) {
		return switch (command) {
			case "PING" -> "+PONG\r\n";
			case "INFO" -> "$" + this.info.length() + "\r\n" + this.info + "\r\n";
			default -> "-ERR unknown command\r\n";
		};
	}

	private static BufferedReader reader(Socket socket) throws IOException {
		return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "old-redis");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
