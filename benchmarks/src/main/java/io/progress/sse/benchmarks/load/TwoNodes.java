package io.progress.sse.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import org.HdrHistogram.Histogram;

/**
 * Two applications with the Redis store: jobs run in the one, and each has a viewer at
 * the other.
 */
public final class TwoNodes implements AutoCloseable {

	private final LoadClient client = new LoadClient();

	private final Contestant nodes;

	/**
	 * Starts the applications and opens the streams.
	 * @param redisPort where Redis listens
	 * @param jobs how many jobs there are
	 * @throws Exception if that cannot be done
	 */
	public TwoNodes(int redisPort, int jobs) throws Exception {
		this.nodes = new Contestant(this.client, start(redisPort), start(redisPort), 1, jobs);
		this.nodes.watch(jobs, jobs);
	}

	private static ServerProcess start(int redisPort) throws IOException {
		return new ServerProcess(ServerKind.PROGRESS_SSE, List.of("--progress.sse.redis.enabled=true",
				// Nobody beats for these jobs.
				"--progress.sse.redis.lease=10m", "--spring.data.redis.host=127.0.0.1",
				"--spring.data.redis.port=" + redisPort));
	}

	/**
	 * Has events of the jobs published, one after the other.
	 * @param perSecond how many of each job a second
	 * @param time how long
	 * @return the time from when an event was due to its arrival, in microseconds
	 * @throws Exception if a viewer has not got the newest event in the end
	 */
	public Histogram measure(int perSecond, Duration time) throws Exception {
		Audience.Seen seen = this.nodes.measure(perSecond, (int) time.toSeconds()).seen();
		if (seen.disorder() > 0) {
			throw new IllegalStateException("Events must come once and in order, but " + seen.disorder() + " did not");
		}
		return seen.latencyMicros();
	}

	@Override
	public void close() throws Exception {
		this.nodes.close();
		this.client.close();
	}

}
