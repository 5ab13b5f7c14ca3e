package io.progress.sse.observation;

import java.util.concurrent.locks.ReentrantLock;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

import io.progress.sse.Scope;
import io.progress.sse.engine.JobObservation;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.observation.JobObservationDocumentation.Events;
import io.progress.sse.observation.JobObservationDocumentation.HighCardinalityKeys;
import io.progress.sse.observation.JobObservationDocumentation.LowCardinalityKeys;

/**
 * The observation of one job. Under its lock, because a job may be ended by another
 * thread than its worker, and an observation that has stopped must not hear of a phase.
 */
final class ObservedJob implements JobObservation {

	/** A span keeps its events in memory until it ends. */
	private static final int MAX_PHASES = 100;

	private static final JobObservationConvention DEFAULT = new DefaultJobObservationConvention();

	private final ReentrantLock lock = new ReentrantLock();

	private final ObservationRegistry registry;

	private final JobObservationConvention convention;

	private final @Nullable Observation parent;

	private Observation observation = Observation.NOOP;

	private @Nullable JobObservationContext context;

	private @Nullable End end;

	private int phases;

	ObservedJob(ObservationRegistry registry, JobObservationConvention convention, @Nullable Observation parent) {
		this.registry = registry;
		this.convention = convention;
		this.parent = parent;
	}

	@Override
	public void started(JobInfo job) {
		locked(() -> {
			JobObservationContext known = new JobObservationContext(job);
			this.context = known;
			childOf(this.parent, () -> {
				this.observation = Observation.createNotStarted(this.convention, DEFAULT, () -> known, this.registry);
				this.observation.start();
			});
			childOf(this.observation, () -> mark(job));
			stopIfOver();
		});
	}

	/**
	 * Runs an action in the scope of a parent, because tracers prefer the span that is
	 * current on the thread to that of the parent.
	 */
	private void childOf(@Nullable Observation parent, Runnable action) {
		Scope scope = open((parent != null) ? parent : Observation.NOOP);
		try {
			action.run();
		}
		finally {
			scope.close();
		}
	}

	/**
	 * Opens a scope that ends for this thread even if a handler fails.
	 */
	private Scope open(Observation observation) {
		Observation.Scope before = this.registry.getCurrentObservationScope();
		try {
			Observation.Scope scope = observation.openScope();
			return () -> {
				try {
					scope.close();
				}
				finally {
					this.registry.setCurrentObservationScope(before);
				}
			};
		}
		catch (Throwable ex) {
			this.registry.setCurrentObservationScope(before);
			throw ex;
		}
	}

	private void mark(JobInfo job) {
		JobObservationDocumentation.STARTED.observation(this.registry)
			.contextualName("job " + job.name() + " started")
			.lowCardinalityKeyValue(LowCardinalityKeys.JOB.withValue(job.name()))
			.highCardinalityKeyValue(HighCardinalityKeys.JOB_ID.withValue(job.id().value()))
			.start()
			.stop();
	}

	@Override
	public void entered(String phase) {
		locked(() -> {
			if (this.end == null && this.phases < MAX_PHASES) {
				this.phases++;
				this.observation.event(Observation.Event.of(Events.PHASE.getName(), phase));
			}
		});
	}

	@Override
	public void ended(ProgressEvent terminal, @Nullable Throwable cause) {
		locked(() -> {
			this.end = new End(terminal, cause);
			stopIfOver();
		});
	}

	private void stopIfOver() {
		JobObservationContext known = this.context;
		End how = this.end;
		if (known == null || how == null) {
			return;
		}
		known.end(how.terminal());
		try {
			if (how.terminal().state() == JobState.FAILED) {
				this.observation.error(new JobFailedException(how.cause()));
			}
		}
		finally {
			if (how.cause() != null) {
				known.setError(how.cause());
			}
			this.observation.stop();
		}
	}

	@Override
	public Scope activate() {
		return open(current());
	}

	@Override
	public Context addTo(Context context) {
		return context.put(ObservedJobs.KEY, current());
	}

	private Observation current() {
		this.lock.lock();
		try {
			return this.observation;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void locked(Runnable action) {
		this.lock.lock();
		try {
			action.run();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The end of a job.
	 *
	 * @param terminal its last event
	 * @param cause what the work threw, if anything
	 */
	private record End(ProgressEvent terminal, @Nullable Throwable cause) {

	}

}
