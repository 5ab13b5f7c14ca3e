package io.progress.sse.support;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects reports on threads that work on no job. Many of them are harmless: a service
 * reports even if no job calls it. Others were meant for a job that has handed work to
 * another thread, and that thread does not know the job. So, when a job is done, its
 * reports count as lost in one of two cases.
 *
 * <ul>
 * <li>It did not reach its total, and during its run at least as many units were reported
 * on threads without a job as it lacks.</li>
 * <li>It never reported, no other job ran at the same time, reports came on threads
 * without a job, and no report ever came while there was no job.</li>
 * </ul>
 *
 * In all other cases there is no warning, because a wrong warning does more harm than a
 * missing one.
 */
public final class StrayReports {

	/**
	 * The instance of this process. There is only one, because the current job of a
	 * thread is global, too.
	 */
	public static final StrayReports INSTANCE = new StrayReports();

	private static final Logger logger = LoggerFactory.getLogger(StrayReports.class);

	private static final int MAX_NAMES = 1000;

	private static final long MAX_UNITS = 1L << 40;

	private final Set<String> told = ConcurrentHashMap.newKeySet();

	private final AtomicInteger running = new AtomicInteger();

	private final AtomicLong begun = new AtomicLong();

	private final LongAdder calls = new LongAdder();

	private final LongAdder units = new LongAdder();

	/** Whether a report came while there was no job. */
	private volatile boolean outside;

	public void add(long units) {
		if (this.running.get() > 0) {
			this.calls.increment();
			this.units.add(Math.max(0, Math.min(units, MAX_UNITS)));
		}
		else if (!this.outside) {
			this.outside = true;
		}
	}

	/**
	 * Returns how many reports came on threads without a job while jobs ran.
	 */
	public long calls() {
		return this.calls.sum();
	}

	/**
	 * Records the begin of a job.
	 */
	public Mark begin() {
		boolean alone = this.running.incrementAndGet() == 1;
		return new Mark(this.begun.incrementAndGet(), alone, this.calls.sum(), this.units.sum());
	}

	/**
	 * Records the end of a job.
	 * @param missing how many units it lacks to its total
	 * @param mute whether it never reported anything
	 * @return how many reports were probably meant for it
	 */
	public long end(Mark mark, long missing, boolean mute) {
		boolean alone = mark.alone() && this.begun.get() == mark.begun();
		this.running.decrementAndGet();
		boolean lost = missing > 0 && this.units.sum() - mark.units() >= missing;
		return (lost || (mute && alone && !this.outside)) ? this.calls.sum() - mark.calls() : 0;
	}

	/**
	 * Logs, once per job name, that reports were lost.
	 */
	public void tell(String job, long reports) {
		if (this.told.size() < MAX_NAMES && this.told.add(job)) {
			logger.warn("A job '{}' is done, but {} reports that were probably meant for it were lost: they came from "
					+ "threads that work on no job. ProgressReporter.current() and the injected reporter know the job "
					+ "on its own threads only. Pass the reporter to code that runs on others, or let context "
					+ "propagation carry it (ContextExecutorService, ContextPropagatingTaskDecorator). "
					+ "This is logged once per job name", job, reports);
		}
	}

	/**
	 * The counts at the begin of a job.
	 *
	 * @param begun how many jobs had begun
	 * @param alone whether no other job ran
	 * @param calls reports on threads without a job
	 * @param units units in these reports
	 */
	public record Mark(long begun, boolean alone, long calls, long units) {

	}

}
