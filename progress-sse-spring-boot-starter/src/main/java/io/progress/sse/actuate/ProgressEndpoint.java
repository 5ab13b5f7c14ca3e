package io.progress.sse.actuate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

import io.progress.sse.ProgressTracker;
import io.progress.sse.TrackerStats;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventPage;
import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.stream.format.ProgressEventFormat;
import io.progress.sse.stream.frame.EventTime;

/**
 * Shows operators the running jobs of this node and the state of streams, outbox and
 * store. Can ask a job to stop only if its access is {@code unrestricted}.
 */
@Endpoint(id = "progress", defaultAccess = Access.READ_ONLY)
final class ProgressEndpoint {

	private static final Logger logger = LoggerFactory.getLogger(ProgressEndpoint.class);

	static final int DEFAULT_LIMIT = 100;

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	/** A text that differs from all generated ids. */
	private static final JobId NO_JOB = JobId.of("-");

	private final RunningJobs running;

	private final ProgressTracker tracker;

	private final EventStreams streams;

	private final String storeType;

	private final ProgressEventFormat format;

	private final ShownValues values;

	private final Show showValues;

	/**
	 * Creates the endpoint.
	 * @param running the jobs of this node
	 * @param tracker the tracker of these jobs
	 * @param streams the streams of this node
	 * @param storeType the name of the store's type
	 * @param format converts events to JSON members
	 * @param values decides which values are shown
	 * @param showValues whether values are shown if there is no caller
	 */
	ProgressEndpoint(RunningJobs running, ProgressTracker tracker, EventStreams streams, String storeType,
			ProgressEventFormat format, ShownValues values, Show showValues) {
		this.running = running;
		this.tracker = tracker;
		this.streams = streams;
		this.storeType = storeType;
		this.format = format;
		this.values = values;
		this.showValues = showValues;
	}

	/**
	 * Returns the state of this node.
	 * @param limit how many running jobs to list at most; {@code null} for 100
	 * @return the state
	 */
	@ReadOperation
	NodeProgress progress(@Nullable Integer limit) {
		return progress(limit, this.showValues.isShown(true));
	}

	NodeProgress progress(@Nullable Integer limit, boolean showValues) {
		int most = (limit != null) ? Math.max(0, limit) : DEFAULT_LIMIT;
		List<Map<String, @Nullable Object>> newest = this.running.newest(most)
			.stream()
			.map((each) -> this.values.of(members(each.job(), each.latest()), showValues))
			.toList();
		TrackerStats stats = this.tracker.stats();
		return new NodeProgress(new NodeProgress.Jobs(this.running.size(), newest),
				new NodeProgress.Streams(this.streams.streams(), this.streams.feeds(), this.streams.awaitedJobs()),
				new NodeProgress.Outbox(stats.waitingEvents(), stats.conflatedEvents(), stats.droppedEvents()),
				new NodeProgress.Store(this.storeType, isStoreReachable()));
	}

	/**
	 * Returns the state of a job of any node, as far as the store knows it.
	 * @param jobId the job
	 * @return its members; {@code null} if there is no such job
	 */
	@ReadOperation
	@Nullable Map<String, @Nullable Object> job(@Selector String jobId) {
		return job(jobId, this.showValues.isShown(true));
	}

	@Nullable Map<String, @Nullable Object> job(String jobId, boolean showValues) {
		EventPage page = look(jobId);
		if (page == null) {
			return null;
		}
		Map<String, @Nullable Object> members = members(page.job(), page.latest().event());
		if (page.lease() != null) {
			members.put("leaseMs", page.lease().toMillis());
		}
		members.put("here", this.running.contains(page.job()));
		return this.values.of(members, showValues);
	}

	/**
	 * Asks a job of any node to stop.
	 * @param jobId the job
	 * @return whether it was asked; {@code false} if it has ended, is unknown, or runs on
	 * a node that the store cannot reach
	 */
	@DeleteOperation
	boolean cancel(@Selector String jobId) {
		return JobId.isValid(jobId) && Boolean.TRUE.equals(this.tracker.requestCancel(JobId.of(jobId)).block(PATIENCE));
	}

	@Nullable EventPage look(String jobId) {
		return JobId.isValid(jobId) ? this.streams.look(JobId.of(jobId)).block(PATIENCE) : null;
	}

	private Map<String, @Nullable Object> members(JobInfo job, @Nullable ProgressEvent latest) {
		ProgressEvent event = (latest != null) ? latest
				: ProgressEvent.builder(job, JobState.QUEUED, job.createdAt()).build();
		Map<String, @Nullable Object> members = new LinkedHashMap<>();
		if (this.format.data(event) instanceof Map<?, ?> known) {
			known.forEach((name, value) -> members.put(String.valueOf(name), value));
		}
		if (job.owner() != null) {
			members.put("owner", job.owner());
		}
		if (job.node() != null) {
			members.put("node", job.node());
		}
		members.put("viewers", this.streams.viewers(job.id()));
		members.put("createdAt", EventTime.write(job.createdAt()) + "Z");
		return members;
	}

	private boolean isStoreReachable() {
		try {
			this.streams.look(NO_JOB).block(PATIENCE);
			return true;
		}
		catch (RuntimeException ex) {
			tellUnreachable(ex);
			return false;
		}
	}

	static void tellUnreachable(RuntimeException why) {
		logger.debug("The store does not answer", why);
	}

}
