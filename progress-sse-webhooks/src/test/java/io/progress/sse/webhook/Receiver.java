package io.progress.sse.webhook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

/**
 * A server on the loopback interface that is told of the ends of jobs.
 */
final class Receiver implements AutoCloseable {

	private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();

	private final Deque<HttpHandler> answers = new ConcurrentLinkedDeque<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final HttpServer server;

	Receiver() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	private void handle(HttpExchange exchange) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		HttpHandler answer = this.answers.poll();
		this.messages.add(
				new Message(exchange.getRequestMethod(), exchange.getRequestURI(), exchange.getRequestHeaders(), body));
		((answer != null) ? answer : status(204)).handle(exchange);
	}

	/** Answers for the next requests; then it is 204. */
	Receiver answering(HttpHandler... answers) {
		this.answers.addAll(List.of(answers));
		return this;
	}

	static HttpHandler status(int status, String... headers) {
		return (exchange) -> {
			for (int i = 0; i < headers.length; i += 2) {
				exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
			}
			exchange.sendResponseHeaders(status, -1);
			exchange.close();
		};
	}

	URI url() {
		return url("/hook?token=secret");
	}

	URI url(String path) {
		return URI.create("http://localhost:" + port() + path);
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	/** The next message. */
	Message next() {
		try {
			Message message = this.messages.poll(30, TimeUnit.SECONDS);
			if (message == null) {
				throw new AssertionError("No message came");
			}
			return message;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	int waiting() {
		return this.messages.size();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	record Message(String method, URI uri, Headers headers, String body) {

		String header(String name) {
			return this.headers.getFirst(name);
		}

		boolean isSignedWith(String secret) {
			return SignatureCheck.accepts(secret, header("webhook-id"), header("webhook-timestamp"), this.body,
					header("webhook-signature"));
		}

	}

}
