package io.progress.sse.boxtests;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;

/**
 * A box that answers.
 *
 * @param scheme http or https
 * @param port its port
 * @param stop ends it
 */
record RunningBox(String scheme, int port, Closeable stop) implements Closeable {

	URI url(String path) {
		return URI.create(this.scheme + "://127.0.0.1:" + this.port + path);
	}

	@Override
	public void close() throws IOException {
		this.stop.close();
	}

}
