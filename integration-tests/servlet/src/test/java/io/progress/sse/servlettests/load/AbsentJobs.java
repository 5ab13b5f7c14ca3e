package io.progress.sse.servlettests.load;

import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;
import io.progress.sse.servlettests.Container;
import io.progress.sse.servlettests.ServletServer;

/**
 * Compares how long it takes to be told that there is no such job, when there is none and
 * when it is somebody else's: {@code AbsentJobs <TOMCAT|JETTY> <requests>}.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(ServletServer.class)
final class AbsentJobs {

	private static final HttpClient client = HttpClient.newHttpClient();

	public static void main(String[] args) throws Exception {
		int requests = Integer.parseInt(args[1]);
		PrintStream out = System.out;
		try (ConfigurableApplicationContext context = Container.valueOf(args[0])
			.start(AbsentJobs.class, "progress.sse.await-unknown=0s")) {
			String base = "http://localhost:" + Container.port(context);
			String foreign = context.getBean(ProgressTracker.class)
				.open(JobSpec.named("foreign").withOwner("alice"))
				.id()
				.value();
			for (String path : List.of("/progress/jobs/%s", "/progress/jobs/%s/events", "/progress/events?job=%s")) {
				compare(base + path, foreign, requests);
				out.printf("%s: %s%n", path, compare(base + path, foreign, requests));
			}
		}
	}

	private static String compare(String url, String foreign, int requests) throws Exception {
		long[] foreignNanos = new long[requests];
		long[] unknownNanos = new long[requests];
		for (int i = 0; i < requests; i++) {
			foreignNanos[i] = nanos(url.formatted(foreign));
			unknownNanos[i] = nanos(url.formatted(UUID.randomUUID()));
		}
		return "foreign " + describe(foreignNanos) + ", unknown " + describe(unknownNanos);
	}

	private static long nanos(String url) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(url)).header("X-Test-User", "mallory").build();
		long start = System.nanoTime();
		int status = client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
		long nanos = System.nanoTime() - start;
		if (status != 404) {
			throw new IllegalStateException(url + " was answered with " + status);
		}
		return nanos;
	}

	private static String describe(long[] nanos) {
		Arrays.sort(nanos);
		return "%d µs (quartiles %d and %d)".formatted(nanos[nanos.length / 2] / 1_000, nanos[nanos.length / 4] / 1_000,
				nanos[nanos.length * 3 / 4] / 1_000);
	}

}
