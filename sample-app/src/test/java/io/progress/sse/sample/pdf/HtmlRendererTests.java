package io.progress.sse.sample.pdf;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;

import com.sun.net.httpserver.HttpServer;
import io.progress.sse.ProgressException;
import io.progress.sse.ProgressReporter;
import io.progress.sse.sample.Pictures;
import io.progress.sse.sample.pdf.HtmlRenderer.Rendering;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link HtmlRenderer}, which renders what strangers send.
 */
class HtmlRendererTests {

	private static final PdfProperties BOUNDS = new PdfProperties(DataSize.ofMegabytes(1), 10, 20, 10_000,
			Duration.ofSeconds(20), 1, 1);

	private final HtmlRenderer renderer = new HtmlRenderer(BOUNDS);

	@TempDir
	Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "<img src='URL'>", "<link rel='stylesheet' href='URL'>",
			"<style>@import url(URL); </style>", "<style>body { background: url(URL) }</style>",
			"<p style='background-image: url(\"URL\")'>x", "<ul style='list-style-image: url(URL)'><li>x</ul>",
			"<style>@font-face { font-family: f; src: url(URL) } p { font-family: f }</style>",
			"<style>p:before { content: url(URL) }</style>" })
	void externalResourcesOfADocumentAreNotLoaded(String html) throws IOException {
		AtomicInteger requests = new AtomicInteger();
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (exchange) -> {
			requests.incrementAndGet();
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		server.start();
		try {
			Rendering web = render(
					html.replace("URL", "http://localhost:" + server.getAddress().getPort() + "/") + "<p>text");
			Path secret = Pictures.save(Pictures.jpeg(20, 20), this.folder.resolve("secret.jpg"));
			Rendering file = render(html.replace("URL", secret.toUri().toString()) + "<p>text");
			assertThat(requests).hasValue(0);
			assertThat(web.refused()).isPositive();
			assertThat(file.refused()).isPositive();
		}
		finally {
			server.stop(0);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "<iframe src='URL'></iframe>", "<object data='URL' type='application/pdf'></object>",
			"<embed src='URL'>", "<script src='URL'></script>", "<base href='URL'>", "<svg><image href='URL'/></svg>",
			"<meta http-equiv='refresh' content='0; URL'>", "<!DOCTYPE html [<!ENTITY x SYSTEM 'URL'>]><p>&x;" })
	void elementsThatCouldReadFilesAreIgnored(String html) throws IOException {
		Path secret = Files.writeString(this.folder.resolve("secret.txt"), "TOP SECRET");
		render(html.replace("URL", secret.toUri().toString()) + "<p>text");
		assertThat(text()).contains("text").doesNotContain("SECRET");
	}

	@Test
	void aPictureThatADocumentBringsAlongIsDrawn() throws IOException {
		assertThat(render(picture(Pictures.jpeg(20, 20))).refused()).isZero();
		assertThat(pictures()).isEqualTo(1);
	}

	@Test
	void aPictureThatUnfoldsToSomethingHugeIsLeftOut() throws IOException {
		assertThat(render(picture(Pictures.transparentPng(101, 100))).refused()).isEqualTo(1);
		assertThat(pictures()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "<p style='page-break-after: always'>x</p>", "<p style='margin-bottom: 1000px'>x</p>" })
	void aDocumentWithTooManyPagesIsRefused(String page) {
		assertThatExceptionOfType(ProgressException.class).isThrownBy(() -> render(page.repeat(30)))
			.withMessageMatching("The document has \\d+ pages, more than the 20 that are allowed");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "<table><tr><td colspan=10000000>text</table>", "<table><tr><td rowspan=10000000>text</table>",
					"<table><tr><td colspan='99999999999999999999'>text</table>",
					"<style>@page { size: 1px 1px; margin: 9cm }</style><p>text", "<div style='width: 1e30px'>text" })
	void aDocumentThatWouldTakeAllMemoryIsLimited(String html) throws IOException {
		render(html);
		assertThat(text()).contains("text");
	}

	@Test
	void aDocumentThatIsNestedDeeplyIsRendered() throws IOException {
		render("<div>".repeat(10_000) + "text");
		assertThat(text()).contains("text");
	}

	private Rendering render(String html) throws IOException {
		HtmlSource source = HtmlSource.parse(new JsonFields(Map.of("html", html)), BOUNDS.maxHtml());
		return this.renderer.render(this.renderer.preprocess(source), target(), "", ProgressReporter.noop());
	}

	private String text() throws IOException {
		try (PDDocument pdf = Loader.loadPDF(target().toFile())) {
			return new PDFTextStripper().getText(pdf);
		}
	}

	private long pictures() throws IOException {
		try (PDDocument pdf = Loader.loadPDF(target().toFile())) {
			return StreamSupport.stream(pdf.getPage(0).getResources().getXObjectNames().spliterator(), false).count();
		}
	}

	private Path target() {
		return this.folder.resolve("target.pdf");
	}

	private static String picture(byte[] content) {
		return "<img src='data:image/%s;base64,%s'>".formatted((content[0] == (byte) 0x89) ? "png" : "jpeg",
				Base64.getEncoder().encodeToString(content));
	}

}
