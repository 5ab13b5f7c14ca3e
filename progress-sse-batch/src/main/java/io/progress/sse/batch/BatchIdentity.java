package io.progress.sse.batch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameter;
import org.springframework.batch.core.repository.JobRepository;

import io.progress.sse.support.Texts;

/**
 * What viewers are told of an execution: who it is, and which executions of the same
 * instance came before.
 *
 * @param data the values
 * @param earlier how many executions there were before
 */
record BatchIdentity(Map<String, Object> data, int earlier) {

	private static final int LONGEST_VALUE = 200;

	static BatchIdentity of(JobExecution execution, JobRepository repository, BatchSettings settings) {
		Map<String, Object> data = new LinkedHashMap<>();
		data.put("name", Texts.line(execution.getJobInstance().getJobName()));
		data.put("execution", execution.getId());
		data.put("instance", execution.getJobInstance().getInstanceId());
		List<JobExecution> before = repository.getJobExecutions(execution.getJobInstance())
			.stream()
			.filter((each) -> each.getId() < execution.getId())
			.toList();
		before.stream().mapToLong(JobExecution::getId).max().ifPresent((last) -> data.put("previous_execution", last));
		Map<String, String> parameters = new LinkedHashMap<>();
		for (JobParameter<?> parameter : execution.getJobParameters()) {
			if (settings.shows(parameter.name())) {
				parameters.put(parameter.name(), Texts.line(String.valueOf(parameter.value()), LONGEST_VALUE));
			}
		}
		if (!parameters.isEmpty()) {
			data.put("parameters", parameters);
		}
		return new BatchIdentity(data, before.size());
	}

}
