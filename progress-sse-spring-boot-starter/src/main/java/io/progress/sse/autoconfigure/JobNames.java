package io.progress.sse.autoconfigure;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names of jobs that are values of a tag. Their number is limited, because an
 * application may make names at run time, and a monitoring system keeps each value.
 */
final class JobNames {

	/** The value for all names above the limit. */
	private static final String OTHER = "other";

	private static final Logger logger = LoggerFactory.getLogger(JobNames.class);

	private final Map<String, NamedJobMeters> named = new ConcurrentHashMap<>();

	private final NamedJobMeters others;

	private final MeterRegistry registry;

	private final int limit;

	private boolean told;

	/**
	 * Creates the names.
	 * @param registry the registry of the meters
	 * @param limit how many names have a value of their own
	 */
	JobNames(MeterRegistry registry, int limit) {
		this.registry = registry;
		this.limit = limit;
		this.others = new NamedJobMeters(registry, OTHER);
	}

	int size() {
		return this.named.size();
	}

	NamedJobMeters metersOf(String name) {
		NamedJobMeters known = this.named.get(name);
		return (known != null) ? known : add(name);
	}

	private synchronized NamedJobMeters add(String name) {
		NamedJobMeters known = this.named.get(name);
		if (known != null) {
			return known;
		}
		if (this.named.size() < this.limit) {
			NamedJobMeters added = new NamedJobMeters(this.registry, name);
			this.named.put(name, added);
			return added;
		}
		if (!this.told) {
			this.told = true;
			logger.warn(
					"There are more than {} names of jobs (progress.sse.metrics.job-names), such as '{}'; the meters "
							+ "count jobs with further names as '{}'. Give all jobs of a kind the same name",
					this.limit, name, OTHER);
		}
		return this.others;
	}

}
