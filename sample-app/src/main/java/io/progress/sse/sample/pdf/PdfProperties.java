package io.progress.sse.sample.pdf;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of what visitors may ask for.
 *
 * @param maxHtml Longest HTML that is accepted, in bytes of UTF-8.
 * @param maxItems Number of documents that a batch may have.
 * @param maxPages Number of pages that a PDF may have, made here or sent here.
 * @param maxPixels Largest embedded picture that is decoded, in pixels.
 * @param timeLimit Time that one document may take.
 * @param workers Number of jobs that run at the same time.
 * @param maxWaiting Number of jobs that may wait for a worker.
 */
@ConfigurationProperties("sample.pdf")
record PdfProperties(@DefaultValue("1MB") DataSize maxHtml, @DefaultValue("50") int maxItems,
		@DefaultValue("500") int maxPages, @DefaultValue("10000000") long maxPixels,
		@DefaultValue("20s") Duration timeLimit, @DefaultValue("2") int workers, @DefaultValue("50") int maxWaiting) {

}
