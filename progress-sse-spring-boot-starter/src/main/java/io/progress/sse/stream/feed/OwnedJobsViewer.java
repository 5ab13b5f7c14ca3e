package io.progress.sse.stream.feed;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferFactory;

import io.progress.sse.stream.OwnedJobs;
import io.progress.sse.stream.StreamConnection;
import io.progress.sse.stream.StreamRequest;
import io.progress.sse.stream.frame.FrameBuffer;
import io.progress.sse.stream.frame.JsonObject;
import io.progress.sse.stream.frame.SseFrames;

/**
 * A viewer of all jobs of an owner. Its jobs come and go, and it goes on when none is
 * left.
 */
public final class OwnedJobsViewer extends HttpViewer implements OwnedJobFollower.Surroundings {

	private final OwnedJobFollower follower;

	/** The jobs to begin with; {@code null} once they are followed. */
	private @Nullable FoundJobs found;

	/**
	 * Creates the viewer.
	 * @param context the parts that all viewers share
	 * @param request the client's request
	 * @param jobs the jobs of the request
	 * @param found those of them that the stream begins with
	 * @param buffers makes buffers around bytes that are shared and must not be changed
	 * @param connection the connection
	 * @throws IllegalArgumentException if there is no such format
	 */
	public OwnedJobsViewer(FeedContext context, StreamRequest request, OwnedJobs jobs, FoundJobs found,
			DataBufferFactory buffers, StreamConnection connection) {
		super(context, request, found.points(), buffers, connection);
		this.found = found;
		this.follower = new OwnedJobFollower(context, request, jobs, found, this);
	}

	/**
	 * Writes how many jobs run. The event has an id, so that a client that goes away
	 * before the first event of a job does not miss jobs that come and end meanwhile.
	 */
	@Override
	void writeFirst(FrameBuffer out) {
		FoundJobs found = this.found;
		if (found == null) {
			return;
		}
		this.found = null;
		if (found.reset()) {
			context().meters().reset();
			SseFrames.event("reset", new JsonObject().with("reason", "stale"), out);
			SseFrames.end(out);
		}
		JsonObject data = new JsonObject().with("jobs", found.points().size());
		data.withKnown("more", found.more() ? true : null);
		SseFrames.event("listed", data, out);
		SseFrames.end(this.follower.places().cursor(found.points(), ResumePoint::job, ResumePoint::after), out);
	}

	@Override
	void onJoined() {
		this.follower.start();
	}

	@Override
	public void follow(ResumePoint point) {
		addJob(point);
	}

	/**
	 * Follows ended jobs no longer, and does not complete, because other jobs may come.
	 */
	@Override
	void completeIfOver() {
		for (WatchedJob each : jobs()) {
			if (each.cursor().isOver()) {
				removeJob(each);
				this.follower.end(each);
			}
		}
	}

	@Override
	void onLeave() {
		super.onLeave();
		this.follower.stop();
	}

	/**
	 * No job's limit counts here: one full job would refuse the events of all others.
	 */
	@Override
	@Nullable StreamCounts counts() {
		return null;
	}

	@Override
	String id() {
		return this.follower.places().cursor(jobs(), (job) -> job.feed().job(), (job) -> job.cursor().after());
	}

}
