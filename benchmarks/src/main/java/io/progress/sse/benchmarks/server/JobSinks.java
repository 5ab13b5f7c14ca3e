package io.progress.sse.benchmarks.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.json.JsonMapper;

import io.progress.sse.benchmarks.load.ServerKind;

/**
 * A sink per job, which replays its last events.
 */
class JobSinks implements Publisher {

	static final int REPLAYED = 256;

	private final Map<String, Sinks.Many<ServerSentEvent<Object>>> jobs = new ConcurrentHashMap<>();

	private final Map<Integer, String> ids = new ConcurrentHashMap<>();

	private final JsonMapper json;

	private final boolean jsonOnce;

	/**
	 * Creates it.
	 * @param jsonOnce whether JSON is made here, and not by the message writer for each
	 * viewer
	 */
	JobSinks(JsonMapper json, boolean jsonOnce) {
		this.json = json;
		this.jsonOnce = jsonOnce;
	}

	Sinks.@Nullable Many<ServerSentEvent<Object>> find(String id) {
		return this.jobs.get(id);
	}

	@Override
	public void publish(int job, long number, long dueMicros) {
		JobProgress progress = JobProgress.of(this.ids.computeIfAbsent(job, ServerKind::jobId), number, dueMicros);
		ServerSentEvent<Object> event = ServerSentEvent.<Object>builder()
			.event(progress.ended() ? progress.state() : "progress")
			.id(Long.toString(number))
			.data(this.jsonOnce ? this.json.writeValueAsString(progress) : progress)
			.build();
		this.jobs.computeIfAbsent(progress.jobId(), (id) -> Sinks.many().replay().limit(REPLAYED))
			.tryEmitNext(event)
			.orThrow();
	}

	static boolean isLast(ServerSentEvent<Object> event) {
		return event.data() != null && !"progress".equals(event.event());
	}

}
