package io.progress.sse.sample.files;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long files are kept that were made.
 *
 * @param maxDownloads Number of files that are kept for download; the oldest gives way.
 * @param keepDownloads Time that a file is kept for download.
 */
@ConfigurationProperties("sample")
record DownloadProperties(@DefaultValue("100") int maxDownloads, @DefaultValue("30m") Duration keepDownloads) {

}
