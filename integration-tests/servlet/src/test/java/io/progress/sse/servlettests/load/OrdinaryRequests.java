package io.progress.sse.servlettests.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Ordinary requests at a fixed rate. Each one's time counts from when it was due, so that
 * a server that stalls is not flattered by a client that waits with it.
 */
record OrdinaryRequests(double p50, double p99, double max, int failures) {

	static OrdinaryRequests measure(int port, int rate, int seconds) {
		int count = rate * seconds;
		long[] nanos = new long[count];
		AtomicInteger failures = new AtomicInteger();
		CompletableFuture<?>[] answers = new CompletableFuture<?>[count];
		HttpClient client = HttpClient.newHttpClient();
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/ping")).build();
		long start = System.nanoTime();
		for (int i = 0; i < count; i++) {
			long due = start + i * 1_000_000_000L / rate;
			for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
				LockSupport.parkNanos(wait);
			}
			int index = i;
			answers[i] = client.sendAsync(request, HttpResponse.BodyHandlers.discarding()).handle((response, ex) -> {
				nanos[index] = System.nanoTime() - due;
				return (ex != null || response.statusCode() != 200) ? failures.incrementAndGet() : 0;
			});
		}
		CompletableFuture.allOf(answers).join();
		Arrays.sort(nanos);
		return new OrdinaryRequests(millis(nanos[count / 2]), millis(nanos[count * 99 / 100]), millis(nanos[count - 1]),
				failures.get());
	}

	private static double millis(long nanos) {
		return nanos / 1e6;
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "p50 %.1f ms, p99 %.1f ms, max %.1f ms, %d failed", this.p50, this.p99,
				this.max, this.failures);
	}

}
