package io.progress.sse.sample;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of what visitors may ask for.
 *
 * @param maxUpload Largest picture that is accepted, in bytes.
 * @param maxPixels Largest picture that is decoded, in pixels: a small file may claim to
 * be a huge picture.
 * @param maxDownloads Number of converted pictures that are kept for download; the oldest
 * gives way.
 * @param keepDownloads Time that a converted picture is kept for download.
 * @param maxDemos Number of demo jobs that may run at the same time.
 */
@ConfigurationProperties("sample")
record SampleProperties(@DefaultValue("20MB") DataSize maxUpload, @DefaultValue("40000000") long maxPixels,
		@DefaultValue("100") int maxDownloads, @DefaultValue("30m") Duration keepDownloads,
		@DefaultValue("1000") int maxDemos) {

}
