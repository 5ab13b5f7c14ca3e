package io.progress.sse.webhook;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.LoopResources;

/**
 * Posts messages to receivers that are not trusted.
 *
 * <ol>
 * <li>The client looks up the host itself. If one of the addresses is not allowed, none
 * is used.</li>
 * <li>It connects to an address that was checked, not to the name, so that a second
 * look-up cannot give another answer. TLS still checks the name. Each message has its own
 * connection, without a proxy.</li>
 * <li>Redirects are not followed. Only the status and the headers of the answer count; of
 * the body at most 16 KiB are read, so that the receiver can finish sending.</li>
 * </ol>
 */
final class WebhookClient {

	private static final int MAX_BODY = 16 * 1024;

	private static final Duration MAX_BODY_TIME = Duration.ofSeconds(1);

	private static final Duration LOOP_END = Duration.ofSeconds(1);

	private final Scheduler lookups;

	private final LoopResources loops = LoopResources.create("progress-webhooks", 1, true);

	private final HttpClient http;

	private final WebhookSettings settings;

	private final WebhookTargets targets;

	private final WebhookSigner signer;

	private final Clock clock;

	private final Lookup names;

	private final UnaryOperator<HttpClient> tls;

	WebhookClient(WebhookSettings settings, WebhookTargets targets, Clock clock, Lookup names,
			UnaryOperator<HttpClient> tls) {
		this.settings = settings;
		this.targets = targets;
		this.signer = new WebhookSigner(settings.secrets());
		this.clock = clock;
		this.names = names;
		this.tls = tls;
		this.lookups = Schedulers.newBoundedElastic(settings.concurrency(), settings.concurrency(), "progress-names",
				60, true);
		this.http = HttpClient.newConnection().runOn(this.loops).noProxy().keepAlive(false).followRedirect(false);
	}

	/**
	 * Attempts a delivery.
	 * @param delivery the delivery
	 * @param body the message
	 * @return the result; never an error
	 */
	Mono<WebhookAnswer> post(Delivery delivery, byte[] body) {
		return Mono.fromCallable(() -> address(delivery))
			.subscribeOn(this.lookups)
			.flatMap((address) -> post(delivery, body, address))
			.timeout(this.settings.timeout())
			.onErrorResume((ex) -> Mono.just(WebhookAnswer.failed(ex)));
	}

	/**
	 * Ends all attempts and waits up to a second for the threads, because a servlet
	 * container warns of threads that still run after their application was stopped.
	 */
	void close() {
		this.lookups.dispose();
		CountDownLatch ended = new CountDownLatch(1);
		Mono.when(this.lookups.disposeGracefully(), this.loops.disposeLater(Duration.ZERO, LOOP_END))
			.onErrorComplete()
			.doFinally((signal) -> ended.countDown())
			.subscribe();
		try {
			ended.await(LOOP_END.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Returns the next address of the receiver. Fails unless all its addresses are
	 * allowed.
	 */
	private InetSocketAddress address(Delivery delivery) throws UnknownHostException {
		URI url = this.targets.check("webhook", delivery.target());
		InetAddress[] all = this.names.addresses(url.getHost());
		for (InetAddress each : all) {
			if (!this.targets.mayReach(each)) {
				throw new IllegalArgumentException("'webhook' must lead to public addresses only");
			}
		}
		InetAddress next = all[delivery.attempts() % all.length];
		int port = (url.getPort() != -1) ? url.getPort() : (isSecure(url) ? 443 : 80);
		return new InetSocketAddress(InetAddress.getByAddress(url.getHost(), next.getAddress()), port);
	}

	private Mono<WebhookAnswer> post(Delivery delivery, byte[] body, InetSocketAddress address) {
		URI url = delivery.target();
		HttpClient client = this.http.remoteAddress(() -> address);
		return (isSecure(url) ? this.tls.apply(client) : client).headers((headers) -> fill(headers, delivery, body))
			.post()
			.uri(pathAndQuery(url))
			.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
			.response((response, content) -> read(content).then(Mono.fromSupplier(() -> answer(response))))
			.next();
	}

	private void fill(HttpHeaders headers, Delivery delivery, byte[] body) {
		Instant now = this.clock.instant();
		headers.set(HttpHeaderNames.HOST, delivery.target().getRawAuthority());
		headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
		headers.set(HttpHeaderNames.CONTENT_LENGTH, body.length);
		headers.set(HttpHeaderNames.USER_AGENT, "progress-sse");
		headers.set("webhook-id", delivery.id());
		headers.set("webhook-timestamp", now.getEpochSecond());
		headers.set("webhook-signature", this.signer.sign(delivery.id(), now, body));
	}

	private static Mono<Void> read(ByteBufFlux content) {
		return content.map(ByteBuf::readableBytes)
			.scan(0, Integer::sum)
			.takeUntil((size) -> size > MAX_BODY)
			.take(MAX_BODY_TIME)
			.onErrorComplete()
			.then();
	}

	private WebhookAnswer answer(HttpClientResponse response) {
		return WebhookAnswer.of(response.status().code(), response.responseHeaders().get(HttpHeaderNames.RETRY_AFTER),
				this.clock.instant());
	}

	private static boolean isSecure(URI url) {
		return "https".equalsIgnoreCase(url.getScheme());
	}

	private static String pathAndQuery(URI url) {
		String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
		return (url.getRawQuery() != null) ? path + "?" + url.getRawQuery() : path;
	}

	/** Finds the addresses of a host; may block. */
	interface Lookup {

		InetAddress[] addresses(String host) throws UnknownHostException;

	}

}
