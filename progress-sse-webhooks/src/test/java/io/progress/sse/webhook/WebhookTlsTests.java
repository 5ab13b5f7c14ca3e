package io.progress.sse.webhook;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.progress.sse.event.JobId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The connection goes to an address that was looked up before, and must be to the one
 * whom the URL names all the same.
 */
@Timeout(60)
class WebhookTlsTests {

	private static final char[] PASSWORD = "changeit".toCharArray();

	private static HttpsServer receiver;

	private static X509Certificate certificate;

	@BeforeAll
	static void start(@TempDir Path folder) throws Exception {
		KeyStore keys = keys(folder.resolve("keys.p12"));
		certificate = (X509Certificate) keys.getCertificate("receiver");
		KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		managers.init(keys, PASSWORD);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(managers.getKeyManagers(), null, null);
		receiver = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		receiver.setHttpsConfigurator(new HttpsConfigurator(context));
		receiver.createContext("/", Receiver.status(204));
		receiver.start();
	}

	private static KeyStore keys(Path file) throws Exception {
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "receiver", "-keyalg", "EC", "-dname", "CN=receiver.example", "-ext",
				"SAN=dns:receiver.example", "-validity", "2", "-storetype", "PKCS12", "-keystore", file.toString(),
				"-storepass", String.valueOf(PASSWORD))
			.inheritIO()
			.start();
		assertThat(keytool.waitFor()).isZero();
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file)) {
			keys.load(in, PASSWORD);
		}
		return keys;
	}

	@AfterAll
	static void stop() {
		receiver.stop(0);
	}

	@Test
	void isSatisfiedByTheCertificateOfTheNameInTheUrl() {
		assertThat(post("receiver.example", true).isDelivered()).isTrue();
	}

	@Test
	void refusesACertificateOfAnotherName() {
		assertThat(post("other.example", true).reason()).isEqualTo("TLS failed");
	}

	@Test
	void refusesAnUntrustedCertificate() {
		assertThat(post("receiver.example", false).reason()).isEqualTo("TLS failed");
	}

	private static SslContext trust() {
		try {
			return SslContextBuilder.forClient().trustManager(certificate).build();
		}
		catch (SSLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static WebhookAnswer post(String host, boolean trusting) {
		WebhookSettings settings = TestSettings.of("timeout=20s", "concurrency=1");
		WebhookClient client = new WebhookClient(settings, new WebhookTargets(false, true), Clock.systemUTC(),
				(name) -> new InetAddress[] { InetAddress.getLoopbackAddress() },
				(http) -> trusting ? http.secure((tls) -> tls.sslContext(trust())) : http.secure());
		try {
			URI url = URI.create("https://" + host + ":" + receiver.getAddress().getPort() + "/hook");
			return client.post(new Delivery(JobId.of("job-1"), Instant.EPOCH, url, 0), new byte[0])
				.block(Duration.ofSeconds(30));
		}
		finally {
			client.close();
		}
	}

}
