package io.progress.sse.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.progress.sse.support.JobSettings;

/**
 * Properties of meters.
 *
 * @param jobNames How many job names have a tag value of their own. Jobs with further
 * names are counted as 'other', because each name costs the monitoring system memory.
 * @param streamsAsRequests Whether an open stream counts as a request in
 * 'http.server.requests', with the whole time for which it was open.
 */
@ConfigurationProperties("progress.sse.metrics")
record MetricsProperties(@DefaultValue("100") int jobNames, @DefaultValue("false") boolean streamsAsRequests) {

	MetricsProperties {
		JobSettings.ANY_NUMBER.check("progress.sse.metrics.job-names", jobNames);
	}

}
