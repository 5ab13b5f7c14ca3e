package io.progress.sse.benchmarks.server;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server that a careful team would write without this library.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class HandWrittenServer {

	@Bean
	JobSinks jobSinks(JsonMapper json, @Value("${benchmark.json-once}") boolean jsonOnce) {
		return new JobSinks(json, jsonOnce);
	}

	@Bean
	JobController jobController(JobSinks jobs) {
		return new JobController(jobs);
	}

}
