package io.progress.sse.support;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports on threads that work on no job. Many are meant so: a service reports, no matter
 * who calls it. Some were meant for a job whose thread has handed work to others, and
 * nothing on these tells which job that is. So it is judged by what a job lacks when it
 * is done.
 *
 * <ul>
 * <li>It has a total that it did not reach, and at least so many units went astray in its
 * time.</li>
 * <li>It never said a word, was the only one in its time, reports went astray, and none
 * ever did while there was no job.</li>
 * </ul>
 *
 * What is neither is not told of: a warning that is wrong does more harm than one that is
 * missing.
 */
public final class StrayReports {

	/** Those of this process. There is one, as a thread works on one job at a time. */
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
	 * How many reports went astray while there were jobs.
	 */
	public long calls() {
		return this.calls.sum();
	}

	/**
	 * Begins the time of a job.
	 */
	public Mark begin() {
		boolean alone = this.running.incrementAndGet() == 1;
		return new Mark(this.begun.incrementAndGet(), alone, this.calls.sum(), this.units.sum());
	}

	/**
	 * Ends the time of a job.
	 * @param missing how many units it is short of its total
	 * @param mute whether it never said a word
	 * @return how many reports were probably meant for it
	 */
	public long end(Mark mark, long missing, boolean mute) {
		boolean alone = mark.alone() && this.begun.get() == mark.begun();
		this.running.decrementAndGet();
		boolean lost = missing > 0 && this.units.sum() - mark.units() >= missing;
		return (lost || (mute && alone && !this.outside)) ? this.calls.sum() - mark.calls() : 0;
	}

	/**
	 * Says once for each kind of job that reports were lost.
	 */
	public void tell(String job, long reports) {
		if (this.told.size() < MAX_NAMES && this.told.add(job)) {
			logger.warn("A job '{}' is done, but {} reports that were probably meant for it were lost: they came from "
					+ "threads that work on no job. ProgressReporter.current() and the injected reporter know the job "
					+ "on its own threads only. Pass the reporter to code that runs on others, or let context "
					+ "propagation carry it (ContextExecutorService, ContextPropagatingTaskDecorator). "
					+ "This is said once for each kind of job", job, reports);
		}
	}

	/**
	 * What there was when a job began.
	 *
	 * @param begun how many had begun
	 * @param alone whether no other ran
	 * @param calls reports that went astray
	 * @param units units that went astray
	 */
	public record Mark(long begun, boolean alone, long calls, long units) {

	}

}
