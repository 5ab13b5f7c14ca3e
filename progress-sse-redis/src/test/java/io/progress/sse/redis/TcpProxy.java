package io.progress.sse.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A bad line to a server.
 */
final class TcpProxy implements AutoCloseable {

	private final ServerSocket server;

	private final int target;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private volatile Mode mode = Mode.GOOD;

	TcpProxy(int target) {
		this.target = target;
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		run(this::accept);
	}

	int port() {
		return this.server.getLocalPort();
	}

	/**
	 * Connections that were there when the line swallowed are of no use afterwards, and
	 * are cut when it becomes good.
	 */
	void become(Mode mode) {
		boolean cut = this.mode == Mode.SWALLOWS && mode == Mode.GOOD;
		this.mode = mode;
		if (cut) {
			cut();
		}
	}

	void cut() {
		this.sockets.forEach(TcpProxy::close);
		this.sockets.clear();
	}

	@Override
	public void close() {
		close(this.server);
		cut();
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket client = this.server.accept();
				Socket redis = new Socket(InetAddress.getLoopbackAddress(), this.target);
				client.setTcpNoDelay(true);
				redis.setTcpNoDelay(true);
				this.sockets.add(client);
				this.sockets.add(redis);
				run(() -> pump(client, redis));
				run(() -> pump(redis, client));
			}
			catch (IOException ex) {
				// Closed, or the server is away.
			}
		}
	}

	private void pump(Socket from, Socket to) {
		byte[] buffer = new byte[16 * 1024];
		try (InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
			int length = in.read(buffer);
			while (length >= 0) {
				while (this.mode == Mode.STALLS && !from.isClosed()) {
					LockSupport.parkNanos(10_000_000);
				}
				if (this.mode != Mode.SWALLOWS) {
					out.write(buffer, 0, length);
				}
				length = in.read(buffer);
			}
		}
		catch (IOException ex) {
			// One side has gone; the other one follows.
		}
		close(from);
		close(to);
	}

	private static void run(Runnable task) {
		Thread thread = new Thread(task, "tcp-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	private static void close(AutoCloseable closeable) {
		try {
			closeable.close();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	enum Mode {

		GOOD,
		/** Takes everything and passes nothing on. */
		SWALLOWS,
		/** Takes nothing any more. */
		STALLS

	}

}
