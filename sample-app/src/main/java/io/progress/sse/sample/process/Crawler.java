package io.progress.sse.sample.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

import io.progress.sse.ProgressException;
import io.progress.sse.ProgressReporter;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Reads the pages of this application's own site by HTTP, as a stranger would: page after
 * page, following links that stay on the site, in no hurry. Blocks.
 */
@Component
class Crawler {

	private final HttpClient http;

	private final Environment environment;

	private final ProcessProperties bounds;

	Crawler(Environment environment, ProcessProperties bounds) {
		this.environment = environment;
		this.bounds = bounds;
		this.http = HttpClient.newBuilder()
			.followRedirects(HttpClient.Redirect.NEVER)
			.connectTimeout(bounds.timeout())
			.build();
	}

	List<Page> crawl(String start, ProgressReporter progress) throws IOException, InterruptedException {
		List<Page> pages = new ArrayList<>();
		Queue<String> waiting = new ArrayDeque<>(List.of(start));
		Set<String> known = new HashSet<>(waiting);
		progress.unit("pages");
		for (String path = waiting.poll(); path != null; path = waiting.poll()) {
			progress.checkCancelled();
			Document document = fetch(path);
			pages.add(page(path, document));
			document.select("a[href]")
				.stream()
				.map((link) -> link.absUrl("href"))
				.filter((link) -> link.startsWith(site()))
				.map((link) -> URI.create(link).getPath())
				.filter((link) -> AnalysisRequest.isPage(link) && known.size() < this.bounds.maxPages())
				.filter(known::add)
				.forEach(waiting::add);
			progress.message("read " + path);
			progress.report(pages.size(), known.size());
			Thread.sleep(this.bounds.crawlDelay().toMillis());
		}
		return pages;
	}

	private Document fetch(String path) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(site() + path)).timeout(this.bounds.timeout()).build();
		HttpResponse<String> response = this.http.send(request, BodyHandlers.ofString());
		if (response.statusCode() != 200) {
			throw new ProgressException("unreadable-page",
					"The page '%s' answers with status %d".formatted(path, response.statusCode()));
		}
		return Jsoup.parse(response.body(), request.uri().toString());
	}

	private String site() {
		return "http://localhost:" + this.environment.getRequiredProperty("local.server.port");
	}

	private static Page page(String path, Document document) {
		Element main = document.selectFirst("main");
		return new Page(path, document.title(), ((main != null) ? main : document).select("p").text());
	}

}
