package io.progress.sse.web;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobState;
import io.progress.sse.store.JobQuery;

/**
 * Reads the parameters of a request for a list of jobs. An empty parameter counts as
 * absent.
 */
final class JobListRequest {

	private static final String STATES = Arrays.stream(JobState.values())
		.map(JobState::wireName)
		.collect(Collectors.joining(", "));

	private JobListRequest() {
	}

	/**
	 * Returns the query for the jobs of an owner.
	 * @throws RefusedListException if a parameter is invalid
	 */
	static JobQuery query(ServerHttpRequest request, @Nullable String owner, WebSettings.Lists settings) {
		return new JobQuery(owner, parent(request), states(request), QueryParameter.given("name", request),
				limit(request, settings), QueryParameter.given("cursor", request));
	}

	private static @Nullable JobId parent(ServerHttpRequest request) {
		String parent = QueryParameter.given("parent", request);
		if (parent == null) {
			return null;
		}
		if (!JobId.isValid(parent)) {
			throw RefusedListException.malformed("parent",
					"a job id, 1 to " + JobId.MAX_LENGTH + " characters of A-Z, a-z, 0-9, _ and -", parent);
		}
		return JobId.of(parent);
	}

	private static Set<JobState> states(ServerHttpRequest request) {
		List<@Nullable String> values = request.getQueryParams().getOrDefault("state", List.of());
		Set<JobState> states = EnumSet.noneOf(JobState.class);
		values.stream()
			.filter(Objects::nonNull)
			.flatMap((value) -> Arrays.stream(value.split(",")))
			.filter((value) -> !value.isEmpty())
			.forEach((value) -> states.add(state(value)));
		return states;
	}

	private static JobState state(String value) {
		return Arrays.stream(JobState.values())
			.filter((state) -> state.wireName().equals(value))
			.findFirst()
			.orElseThrow(
					() -> RefusedListException.malformed("state", "some of " + STATES + ", joined by commas", value));
	}

	private static int limit(ServerHttpRequest request, WebSettings.Lists settings) {
		String limit = QueryParameter.given("limit", request);
		if (limit == null) {
			return settings.limit();
		}
		int number = limit.matches("[0-9]{1,9}") ? Integer.parseInt(limit) : 0;
		if (number < 1 || number > settings.maxLimit()) {
			throw RefusedListException.malformed("limit", "a whole number from 1 to " + settings.maxLimit(), limit);
		}
		return number;
	}

}
