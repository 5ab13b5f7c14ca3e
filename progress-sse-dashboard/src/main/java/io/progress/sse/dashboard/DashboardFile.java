package io.progress.sse.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.util.DigestUtils;

/**
 * A file of the dashboard, as it was built into the jar.
 */
final class DashboardFile {

	/** The files that the page loads. No others are served. */
	static final List<String> NAMES = List.of("dashboard.css", "dashboard.js", "cells.js", "chart.js", "dom.js",
			"icon.svg", "job-view.js", "jobs.js", "list-view.js", "rows.js", "source.js", "totals-view.js");

	private final String name;

	private final byte[] content;

	private final String tag;

	private DashboardFile(String name, byte[] content) {
		this.name = name;
		this.content = content;
		this.tag = '"' + DigestUtils.md5DigestAsHex(content) + '"';
	}

	static DashboardFile of(String name) {
		return new DashboardFile(name, read(name));
	}

	/**
	 * Returns the page itself.
	 * @param cancellable whether jobs may be cancelled
	 * @param pageSize how many jobs one request asks for
	 */
	static DashboardFile page(boolean cancellable, int pageSize) {
		String name = "dashboard.html";
		String page = new String(read(name), StandardCharsets.UTF_8).replace("{{cancel}}", String.valueOf(cancellable))
			.replace("{{limit}}", String.valueOf(pageSize));
		return new DashboardFile(name, page.getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] read(String name) {
		try {
			return new ClassPathResource(name, DashboardFile.class).getContentAsByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	byte[] content() {
		return this.content;
	}

	/** Returns the ETag, which changes with the content. */
	String tag() {
		return this.tag;
	}

	MediaType type() {
		String extension = this.name.substring(this.name.lastIndexOf('.') + 1);
		return switch (extension) {
			case "html" -> new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
			case "css" -> new MediaType("text", "css", StandardCharsets.UTF_8);
			case "svg" -> new MediaType("image", "svg+xml");
			default -> new MediaType("text", "javascript", StandardCharsets.UTF_8);
		};
	}

}
