package io.progress.sse.benchmarks.server;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * The payload of the hand-written server, with the names and values of the standard
 * format.
 */
record JobProgress(String jobId, String job, String state, int attempt, String phase, String message, double progress,
		long completed, long total, String unit, double ratePerSecond, long etaMs, Map<String, Object> data,
		Instant occurredAt) {

	static final String JOB = "image-conversion";

	static final String PHASE = "resizing";

	static final String UNIT = "images";

	static final long TOTAL = 1_000_000_000;

	static final double RATE = 1412.5;

	static final long ETA_MILLIS = 6_400_000;

	static JobProgress of(String jobId, long number, long dueMicros) {
		return new JobProgress(jobId, JOB, "running", 1, PHASE, message(number), fraction(number), number, TOTAL, UNIT,
				RATE, ETA_MILLIS, Map.of("t", dueMicros), Instant.now().truncatedTo(ChronoUnit.MILLIS));
	}

	static String message(long number) {
		return number + " of " + TOTAL;
	}

	static double fraction(long number) {
		return Math.min(1.0, (double) number / TOTAL);
	}

	boolean ended() {
		return !this.state.equals("running");
	}

}
