package io.progress.sse.engine;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.progress.sse.event.JobId;
import io.progress.sse.support.ForeignCode;
import io.progress.sse.support.Texts;

/**
 * Logs what a job ignores and what fails in it, each kind once.
 */
final class JobLog {

	private static final Logger logger = LoggerFactory.getLogger(JobLog.class);

	private final JobId job;

	private final CallCounts counts;

	private volatile boolean saidLate;

	private volatile boolean saidRefused;

	private volatile boolean saidUntold;

	JobLog(JobId job, CallCounts counts) {
		this.job = job;
		this.counts = counts;
	}

	/**
	 * Counts a call on a job or part that has ended, and logs the first one.
	 */
	void late(String call) {
		this.counts.late().increment();
		if (!this.saidLate) {
			this.saidLate = true;
			logger.debug("A call of '{}' on job '{}' was ignored: the job or the part has ended", call, this.job);
		}
	}

	/**
	 * Counts a call with an invalid value, and logs the first one.
	 */
	void refused(String call, Object value, String rule) {
		this.counts.refused().increment();
		if (!this.saidRefused) {
			this.saidRefused = true;
			logger.debug("A call of '{}' on job '{}' was ignored: {}, but is {}", call, this.job, rule,
					Texts.logged(value.toString()));
		}
	}

	/**
	 * Logs that the supplier of a message failed.
	 */
	void unspoken(Throwable why) {
		ForeignCode.report(why, (ex) -> logger.debug("The supplier of a message of job '{}' failed", this.job, ex));
	}

	/**
	 * Logs once that the job could not be published. Never throws.
	 */
	void untold(Throwable why) {
		if (!this.saidUntold) {
			this.saidUntold = true;
			try {
				ForeignCode.report(why, JobLog::complain);
			}
			catch (Throwable worse) {
				// There is not even memory for the log message.
			}
		}
	}

	private static void complain(Throwable why) {
		logger.error("A job could not be published; the next tick tries again, and other jobs go on", why);
	}

}
