package io.progress.sse.sample.process;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds of what visitors may ask for.
 *
 * @param maxPages Number of pages that are crawled.
 * @param crawlDelay Time between two requests of a crawl.
 * @param timeout Time that a page may take.
 * @param workers Number of jobs that run at the same time.
 * @param maxWaiting Number of jobs that may wait for a worker.
 */
@ConfigurationProperties("sample.process")
record ProcessProperties(@DefaultValue("100") int maxPages, @DefaultValue("150ms") Duration crawlDelay,
		@DefaultValue("5s") Duration timeout, @DefaultValue("4") int workers, @DefaultValue("50") int maxWaiting) {

}
