package io.progress.sse.sample.convert;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds of what may be converted.
 *
 * @param maxPixels Largest picture that is decoded, in pixels: a small file may claim to
 * be a huge picture.
 * @param maxDownloads Number of converted pictures that are kept for download; the oldest
 * gives way.
 * @param keepDownloads Time that a converted picture is kept for download.
 */
@ConfigurationProperties("sample")
record ConvertProperties(@DefaultValue("40000000") long maxPixels, @DefaultValue("100") int maxDownloads,
		@DefaultValue("30m") Duration keepDownloads) {

}
