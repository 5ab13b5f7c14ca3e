package io.progress.sse.boxtests;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.zip.GZIPInputStream;

/**
 * A client that accepts compressed answers, as browsers do.
 */
final class BoxClient {

	private final RunningBox box;

	private final HttpClient client;

	BoxClient(RunningBox box) throws Exception {
		this.box = box;
		boolean secure = box.scheme().equals("https");
		this.client = HttpClient.newBuilder()
			.sslContext(TestCertificate.trusting())
			.version(secure ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
			.build();
	}

	HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(this.box.url(path)).header("Accept-Encoding", "gzip");
	}

	HttpResponse<InputStream> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.client.send(request.build(), BodyHandlers.ofInputStream());
	}

	/**
	 * The body of an answer, decompressed.
	 */
	static InputStream body(HttpResponse<InputStream> response) throws IOException {
		boolean compressed = response.headers().firstValue("Content-Encoding").orElse("").equals("gzip");
		return compressed ? new GZIPInputStream(response.body()) {

			/**
			 * The inherited one is never 0, so that readers wait for more than there is.
			 */
			@Override
			public int available() {
				return 0;
			}

		} : response.body();
	}

}
