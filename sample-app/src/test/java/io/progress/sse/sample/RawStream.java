package io.progress.sse.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An event stream as it is on the line, which no library has looked at.
 */
public final class RawStream implements AutoCloseable {

	private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final HttpResponse<Stream<String>> response;

	private final Iterator<String> lines;

	private RawStream(HttpResponse<Stream<String>> response) {
		this.response = response;
		this.lines = response.body().iterator();
	}

	public static RawStream open(String url, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30));
		for (int i = 0; i < headers.length; i += 2) {
			request.header(headers[i], headers[i + 1]);
		}
		try {
			return new RawStream(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofLines()));
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(ex);
		}
	}

	public int status() {
		return this.response.statusCode();
	}

	public String header(String name) {
		return this.response.headers().firstValue(name).orElse("");
	}

	public String body() {
		return String.join("\n", (Iterable<String>) () -> this.lines);
	}

	/** The next event, and the fields that come before it. */
	public Optional<RawEvent> next() {
		List<String> lines = new ArrayList<>();
		while (this.lines.hasNext()) {
			String line = this.lines.next();
			if (!line.isEmpty()) {
				lines.add(line);
			}
			else if (lines.stream().anyMatch((each) -> each.startsWith("data:"))) {
				return Optional.of(new RawEvent(lines));
			}
		}
		return Optional.empty();
	}

	public List<RawEvent> toTheEnd() {
		return Stream.generate(this::next).takeWhile(Optional::isPresent).map(Optional::get).toList();
	}

	@Override
	public void close() {
		this.response.body().close();
	}

}
