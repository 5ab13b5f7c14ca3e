package io.progress.sse.web.controller;

import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.Resource;

import io.progress.sse.ProgressReporter;

/**
 * A resource whose bytes are counted as they are read: a download, or an upload that is
 * passed on. It does not say that it is a file, because then the operating system would
 * send it and its bytes could not be counted.
 */
public final class CountedResource extends AbstractResource {

	private final Resource resource;

	private final ProgressReporter reporter;

	private CountedResource(Resource resource, ProgressReporter reporter) {
		this.resource = resource;
		this.reporter = reporter;
	}

	/**
	 * Wraps a resource and counts its bytes. Read it only once, because bytes that are
	 * read again count again.
	 * @param resource the resource
	 * @param reporter counts the bytes; its total becomes the resource's length
	 * @return the same bytes
	 */
	public static Resource of(Resource resource, ProgressReporter reporter) {
		return new CountedResource(resource, reporter);
	}

	@Override
	public InputStream getInputStream() throws IOException {
		return this.reporter.wrap(this.resource.getInputStream(), Math.max(0, contentLength()));
	}

	@Override
	public boolean exists() {
		return this.resource.exists();
	}

	@Override
	public long contentLength() throws IOException {
		return this.resource.contentLength();
	}

	@Override
	public long lastModified() throws IOException {
		return this.resource.lastModified();
	}

	@Override
	public @Nullable String getFilename() {
		return this.resource.getFilename();
	}

	@Override
	public String getDescription() {
		return this.resource.getDescription();
	}

}
