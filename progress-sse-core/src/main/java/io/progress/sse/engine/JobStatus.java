package io.progress.sse.engine;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Note;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.support.StrayReports;

/**
 * The state of a job, as its events tell it. Used under the job's lock, except for
 * {@link #state}, {@link #strays} and {@link ProgressSampler#mayHaveNews}.
 */
final class JobStatus {

	private final JobInfo info;

	private final EngineTime time;

	private final WorkNode root;

	private final JobMessage message;

	private final JobPayload facts;

	private final Milestones milestones = new Milestones();

	private final ProgressSampler sampler;

	private volatile JobState state = JobState.QUEUED;

	private int attempt = 1;

	/** The count of stray reports when the work began. */
	private StrayReports.@Nullable Mark mark;

	private volatile long strays;

	JobStatus(JobInfo info, JobEnvironment environment, WorkNode root, JobMessage message, JobPayload facts) {
		this.info = info;
		this.time = environment.time();
		this.root = root;
		this.message = message;
		this.facts = facts;
		this.sampler = new ProgressSampler(root, this.time.now(), environment.tickNanos());
	}

	JobState state() {
		return this.state;
	}

	Milestones milestones() {
		return this.milestones;
	}

	ProgressSampler sampler() {
		return this.sampler;
	}

	/**
	 * Begins the work.
	 */
	void run() {
		this.mark = StrayReports.INSTANCE.begin();
		this.state = JobState.RUNNING;
		this.sampler.begin(this.time.now());
	}

	/**
	 * Starts the work over.
	 */
	void restart() {
		this.attempt++;
		this.root.reset();
		this.sampler.restart(this.time.now());
		this.facts.batch(null);
		this.message.clear();
		this.milestones.leave();
	}

	/**
	 * Ends the job.
	 */
	void finish(JobState state) {
		StrayReports.Mark mark = this.mark;
		if (mark != null) {
			this.mark = null;
			this.strays = StrayReports.INSTANCE.end(mark, this.root.missing(), mute());
		}
		this.state = state;
		this.root.end();
	}

	/**
	 * Returns how many reports the job may have lost, known from its end on; 0 if it is
	 * not done.
	 */
	long strays() {
		return (this.state == JobState.DONE) ? this.strays : 0;
	}

	private boolean mute() {
		return this.root.mute() && this.milestones.phase() == null && this.message.text() == null;
	}

	/**
	 * Takes a sample of the counters.
	 * @param spoken whether the worker reported anything else since the last one
	 */
	void sample(long now, boolean spoken) {
		this.sampler.sample(now, spoken, this.facts.worked());
	}

	/**
	 * The terminal event.
	 */
	ProgressEvent event(Ending ending) {
		// Refused values become a part of the event's data, so the result comes first.
		Object result = ending.outcome(this.facts);
		long now = this.time.now();
		return event(EventKind.TERMINAL, now).result(result)
			.error(ending.error())
			.duration(this.sampler.age(now))
			.build();
	}

	/**
	 * An event of a job that goes on.
	 */
	ProgressEvent event(EventKind kind, @Nullable Note note) {
		return event(kind, this.time.now()).note(note).build();
	}

	private ProgressEvent.Builder event(EventKind kind, long now) {
		boolean running = this.state == JobState.RUNNING;
		return ProgressEvent.builder(this.info, this.state, this.time.instant())
			.kind(kind)
			.attempt(this.attempt)
			.progress(this.sampler.publish(now, running))
			.phase(this.milestones.phase())
			.message(this.message.text())
			.data(this.facts.snapshot())
			.stalled(running && this.sampler.stalled())
			.coalesced(this.milestones.publish());
	}

}
