package io.progress.sse.boxtests;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for 127.0.0.1 that the client of the tests trusts, made by the JDK.
 */
final class TestCertificate {

	private static final String NAME = "box";

	private static final String PASSWORD = "password";

	private static final KeyStore KEYS = create();

	private TestCertificate() {
	}

	static void writeTo(Path folder) throws Exception {
		Files.writeString(folder.resolve("cert.pem"), pem("CERTIFICATE", KEYS.getCertificate(NAME).getEncoded()));
		Files.writeString(folder.resolve("key.pem"),
				pem("PRIVATE KEY", KEYS.getKey(NAME, PASSWORD.toCharArray()).getEncoded()));
	}

	static SSLContext trusting() throws GeneralSecurityException {
		TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trusted.init(KEYS);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trusted.getTrustManagers(), null);
		return context;
	}

	private static String pem(String type, byte[] content) {
		return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(type,
				Base64.getMimeEncoder().encodeToString(content), type);
	}

	private static KeyStore create() {
		try {
			Path folder = Files.createTempDirectory("certificate");
			Path file = folder.resolve("keys.p12");
			Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
					"-genkeypair", "-alias", NAME, "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
					"san=ip:127.0.0.1", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD)
				.redirectErrorStream(true)
				.redirectOutput(folder.resolve("log").toFile())
				.start();
			keytool.waitFor();
			KeyStore keys = KeyStore.getInstance("PKCS12");
			try (InputStream in = Files.newInputStream(file)) {
				keys.load(in, PASSWORD.toCharArray());
			}
			return keys;
		}
		catch (IOException | GeneralSecurityException | InterruptedException ex) {
			throw new IllegalStateException("keytool made no certificate", ex);
		}
	}

}
