package io.progress.sse.webhook;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.client.HttpClient;

import io.progress.sse.event.JobId;
import io.progress.sse.test.MutableClock;
import io.progress.sse.webhook.WebhookClient.Lookup;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class WebhookClientTests {

	static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

	private static final WebhookTargets ANY = new WebhookTargets(true, true);

	private static final WebhookTargets PUBLIC = new WebhookTargets(true, false);

	private final MutableClock clock = new MutableClock();

	private final Receiver receiver = new Receiver();

	private final AtomicReference<WebhookClient> client = new AtomicReference<>();

	@AfterEach
	void close() {
		this.receiver.close();
		this.client.get().close();
	}

	@Test
	void postsSignedJson() {
		assertThat(post(client(ANY), this.receiver.url("/a%20b?c=%26")).isDelivered()).isTrue();
		Receiver.Message message = this.receiver.next();
		assertThat(message.method()).isEqualTo("POST");
		assertThat(message.uri()).hasToString("/a%20b?c=%26");
		assertThat(message.body()).isEqualTo("{\"a\":\"\u00e9\"}");
		assertThat(message.header("Content-Type")).isEqualTo("application/json");
		assertThat(message.header("Host")).isEqualTo("localhost:" + this.receiver.port());
		assertThat(message.header("webhook-id")).isEqualTo("msg_job-1_1767225600000");
		assertThat(message.header("webhook-timestamp")).isEqualTo(Long.toString(this.clock.instant().getEpochSecond()));
		assertThat(message.isSignedWith(SECRET)).isTrue();
	}

	@Test
	void postsToTheRootIfThereIsNoPath() {
		post(client(ANY), this.receiver.url(""));
		assertThat(this.receiver.next().uri()).hasToString("/");
	}

	@Test
	void isNotLedAstrayByAPathThatLooksLikeAHost() {
		post(client(ANY), this.receiver.url("//127.0.0.2:1/x"));
		assertThat(this.receiver.next().uri()).hasToString("//127.0.0.2:1/x");
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 201, 202, 204, 299 })
	void isSatisfiedByAnySuccess(int status) {
		this.receiver.answering(Receiver.status(status));
		assertThat(post(client(ANY), this.receiver.url()).isDelivered()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 307, 308, 400, 401, 404, 409, 500, 502 })
	void takesAnythingElseForAFailure(int status) {
		this.receiver.answering(Receiver.status(status));
		WebhookAnswer answer = post(client(ANY), this.receiver.url());
		assertThat(answer.isDelivered()).isFalse();
		assertThat(answer.isUnwanted()).isFalse();
		assertThat(answer.reason()).isEqualTo("status " + status);
	}

	@Test
	void knowsWhenItIsNotWantedAnyMore() {
		this.receiver.answering(Receiver.status(410));
		assertThat(post(client(ANY), this.receiver.url()).isUnwanted()).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			120                           | PT2M
			Thu, 01 Jan 2026 00:00:30 GMT | PT30S
			Wed, 31 Dec 2025 00:00:00 GMT | PT0S
			soon                          | PT0S
			-5                            | PT0S
			99999999999999999999          | PT0S
			""")
	void hearsWhenToComeBack(String retryAfter, Duration expected) {
		this.receiver.answering(Receiver.status(503, "Retry-After", retryAfter));
		assertThat(post(client(ANY), this.receiver.url()).retryAfter()).isEqualTo(expected);
	}

	@Test
	void followsNoRedirect() {
		try (Receiver inside = new Receiver()) {
			this.receiver.answering(Receiver.status(307, "Location", inside.url().toString()));
			post(client(ANY), this.receiver.url());
			assertThat(this.receiver.next()).isNotNull();
			assertThat(inside.waiting()).isZero();
		}
	}

	@Test
	void doesNotWaitForASlowReceiver() {
		CountDownLatch over = new CountDownLatch(1);
		this.receiver.answering((exchange) -> await(over));
		assertThat(post(client(ANY), this.receiver.url()).reason()).isEqualTo("no answer in time");
		over.countDown();
	}

	@Test
	void hangsUpOnAnEndlessBodyAndIsSatisfiedByItsStatus() throws InterruptedException {
		CountDownLatch hungUp = new CountDownLatch(1);
		this.receiver.answering((exchange) -> {
			exchange.sendResponseHeaders(200, 0);
			try (OutputStream out = exchange.getResponseBody()) {
				byte[] junk = new byte[8192];
				while (true) {
					out.write(junk);
				}
			}
			catch (IOException ex) {
				hungUp.countDown();
			}
		});
		assertThat(post(client(ANY), this.receiver.url()).isDelivered()).isTrue();
		assertThat(hungUp.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void doesNotMindABodyThatNeverComes() {
		CountDownLatch over = new CountDownLatch(1);
		this.receiver.answering((exchange) -> {
			exchange.sendResponseHeaders(200, 5);
			exchange.getResponseBody().flush();
			await(over);
		});
		assertThat(post(client(ANY), this.receiver.url()).isDelivered()).isTrue();
		over.countDown();
	}

	@Test
	void givesUpOnEndlessHeaders() {
		this.receiver.answering((exchange) -> {
			exchange.getResponseHeaders().set("X-Long", "a".repeat(1 << 20));
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		assertThat(post(client(ANY), this.receiver.url()).isDelivered()).isFalse();
	}

	@Test
	void refusesANameThatLeadsInside() {
		assertThat(post(client(PUBLIC), this.receiver.url()).reason()).isEqualTo("the URL is not allowed");
		assertThat(this.receiver.waiting()).isZero();
	}

	@Test
	void refusesANameThatLeadsInsideAmongOthers() {
		Lookup lookup = (host) -> new InetAddress[] { InetAddress.getByName("1.1.1.1"), loopback() };
		assertThat(post(client(PUBLIC, lookup), this.receiver.url()).reason()).isEqualTo("the URL is not allowed");
		assertThat(this.receiver.waiting()).isZero();
	}

	@Test
	void looksUpANameOnceAndConnectsToThatAddress() {
		AtomicInteger lookups = new AtomicInteger();
		Lookup rebinding = (host) -> {
			assertThat(host).isEqualTo("rebind.example");
			return new InetAddress[] {
					(lookups.getAndIncrement() == 0) ? loopback() : InetAddress.getByName("203.0.113.1") };
		};
		URI url = URI.create("http://rebind.example:" + this.receiver.port() + "/hook");
		assertThat(post(client(ANY, rebinding), url).isDelivered()).isTrue();
		assertThat(lookups).hasValue(1);
		assertThat(this.receiver.next().header("Host")).isEqualTo("rebind.example:" + this.receiver.port());
	}

	@Test
	void looksAgainForEachAttempt() {
		AtomicInteger lookups = new AtomicInteger();
		Lookup rebinding = (host) -> {
			lookups.incrementAndGet();
			return new InetAddress[] { loopback() };
		};
		WebhookClient strict = client(PUBLIC, rebinding);
		URI url = URI.create("http://rebind.example:" + this.receiver.port() + "/hook");
		assertThat(post(strict, url).reason()).isEqualTo("the URL is not allowed");
		assertThat(post(strict, url).reason()).isEqualTo("the URL is not allowed");
		assertThat(lookups).hasValue(2);
		assertThat(this.receiver.waiting()).isZero();
	}

	@Test
	void triesTheNextAddressWithTheNextAttempt() {
		Lookup both = (host) -> new InetAddress[] { InetAddress.getByName("127.0.0.9"), loopback() };
		WebhookClient client = client(ANY, both);
		URI url = URI.create("http://both.example:" + this.receiver.port() + "/hook");
		assertThat(post(client, delivery(url, 0)).isDelivered()).isFalse();
		assertThat(post(client, delivery(url, 1)).isDelivered()).isTrue();
	}

	@Test
	void doesNotSayWhyANameCannotBeResolved() {
		Lookup nobody = (host) -> {
			throw new UnknownHostException("internal-dns-1 refused");
		};
		assertThat(post(client(ANY, nobody), this.receiver.url()).reason()).isEqualTo("the host is unknown");
	}

	@Test
	void doesNotWaitForASlowNameServer() {
		CountDownLatch over = new CountDownLatch(1);
		WebhookClient client = client(ANY, (host) -> {
			await(over);
			return new InetAddress[] { loopback() };
		});
		assertThat(post(client, this.receiver.url()).reason()).isEqualTo("no answer in time");
		over.countDown();
	}

	@Test
	void failsIfTheConnectionIsRefused() {
		URI url = this.receiver.url();
		this.receiver.close();
		assertThat(post(client(ANY), url).reason()).isEqualTo("the connection failed");
	}

	private WebhookClient client(WebhookTargets targets) {
		return client(targets, InetAddress::getAllByName);
	}

	private WebhookClient client(WebhookTargets targets, Lookup lookup) {
		WebhookSettings settings = TestSettings.of("timeout=2s", "concurrency=4");
		this.client.set(new WebhookClient(settings, targets, this.clock, lookup, HttpClient::secure));
		return this.client.get();
	}

	private static WebhookAnswer post(WebhookClient client, URI url) {
		return post(client, delivery(url, 0));
	}

	private static WebhookAnswer post(WebhookClient client, Delivery delivery) {
		return client.post(delivery, "{\"a\":\"\u00e9\"}".getBytes(StandardCharsets.UTF_8))
			.block(Duration.ofSeconds(20));
	}

	private static Delivery delivery(URI url, int attempts) {
		return new Delivery(JobId.of("job-1"), Instant.parse("2026-01-01T00:00:00Z"), url, attempts);
	}

	private static InetAddress loopback() {
		return InetAddress.getLoopbackAddress();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
