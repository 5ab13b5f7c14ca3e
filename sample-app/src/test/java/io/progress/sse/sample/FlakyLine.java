package io.progress.sse.sample;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A way to the server that can be cut.
 */
public final class FlakyLine implements Closeable {

	private final ServerSocket entrance;

	private final int server;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private volatile boolean cut;

	public FlakyLine(int server) throws IOException {
		this.server = server;
		this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.threads.execute(this::accept);
	}

	public int port() {
		return this.entrance.getLocalPort();
	}

	public void cut() {
		this.cut = true;
		this.sockets.forEach(FlakyLine::closeQuietly);
	}

	public void mend() {
		this.cut = false;
	}

	private void accept() {
		try {
			while (true) {
				Socket viewer = this.entrance.accept();
				if (this.cut) {
					viewer.close();
					continue;
				}
				Socket target = new Socket(InetAddress.getLoopbackAddress(), this.server);
				this.threads.execute(() -> copy(viewer, target));
				this.threads.execute(() -> copy(target, viewer));
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	private void copy(Socket from, Socket to) {
		this.sockets.add(from);
		try (from; to) {
			from.getInputStream().transferTo(to.getOutputStream());
		}
		catch (IOException ex) {
			// cut, or left by one side
		}
		finally {
			this.sockets.remove(from);
		}
	}

	private static void closeQuietly(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// it is closed all the same
		}
	}

	@Override
	public void close() throws IOException {
		this.entrance.close();
		cut();
		this.threads.shutdown();
	}

}
