package io.progress.sse.redis.node;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * A browser's EventSource: comes back with its last event id when a stream ends, until it
 * is told not to.
 */
final class Watcher implements AutoCloseable {

	private static final long RETRY_NANOS = 100_000_000;

	private static final Pattern NOTE = Pattern.compile("\"text\":\"(\\d+)\"");

	private static final Pattern STATE = Pattern.compile("\"state\":\"([a-z]+)\"");

	private static final Pattern CODE = Pattern.compile("\"code\":\"([^\"]+)\"");

	private final HttpClient client = HttpClient.newHttpClient();

	private final List<String> events = new CopyOnWriteArrayList<>();

	private final List<String> notes = new CopyOnWriteArrayList<>();

	private final List<String> states = new CopyOnWriteArrayList<>();

	private final List<String> codes = new CopyOnWriteArrayList<>();

	private final IntFunction<URI> uris;

	private final Thread thread = new Thread(this::watch, "watcher");

	private volatile String lastId = "";

	private volatile boolean over;

	/**
	 * Watches.
	 * @param uris where to go at each try, from 0
	 */
	Watcher(IntFunction<URI> uris) {
		this.uris = uris;
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/** Names of the events that have come. */
	List<String> events() {
		return List.copyOf(this.events);
	}

	/** Texts of the notes that have come. */
	List<String> notes() {
		return List.copyOf(this.notes);
	}

	/** States of the job in the events that have come. */
	List<String> states() {
		return List.copyOf(this.states);
	}

	/** Codes of the errors that have come. */
	List<String> codes() {
		return List.copyOf(this.codes);
	}

	void awaitState(String state) {
		Awaitility.await().atMost(Node.PATIENCE).until(() -> this.states.contains(state));
	}

	void awaitNotes(int count) {
		Awaitility.await().atMost(Node.PATIENCE).until(() -> this.notes.size() >= count);
	}

	void awaitOver() {
		Awaitility.await().atMost(Node.PATIENCE).until(() -> this.over);
	}

	private void watch() {
		for (int tries = 0; !this.over; tries++) {
			try {
				HttpRequest.Builder request = HttpRequest.newBuilder(this.uris.apply(tries));
				if (!this.lastId.isEmpty()) {
					request.header("Last-Event-ID", this.lastId);
				}
				HttpResponse<Stream<String>> response = this.client.send(request.build(), BodyHandlers.ofLines());
				read(response);
			}
			catch (IOException | RuntimeException ex) {
				// The node is gone; the next one takes over.
				LockSupport.parkNanos(RETRY_NANOS);
			}
			catch (InterruptedException ex) {
				return;
			}
		}
	}

	private void read(HttpResponse<Stream<String>> response) {
		int status = response.statusCode();
		if (status == 204) {
			this.over = true;
		}
		else if (status == 200) {
			response.body().forEach(this::line);
		}
	}

	private void line(String line) {
		if (line.startsWith("event:")) {
			this.events.add(line.substring(6).strip());
		}
		else if (line.startsWith("id:")) {
			this.lastId = line.substring(3).strip();
		}
		else if (line.startsWith("data:")) {
			collect(NOTE, line, this.notes);
			collect(STATE, line, this.states);
			collect(CODE, line, this.codes);
		}
	}

	private static void collect(Pattern pattern, String line, List<String> found) {
		Matcher matcher = pattern.matcher(line);
		if (matcher.find()) {
			found.add(matcher.group(1));
		}
	}

	@Override
	public void close() {
		this.over = true;
		this.thread.interrupt();
	}

}
