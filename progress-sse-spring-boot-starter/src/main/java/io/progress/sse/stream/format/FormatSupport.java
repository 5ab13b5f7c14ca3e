package io.progress.sse.stream.format;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.stream.frame.JsonObject;

/**
 * Words and numbers that several formats have in common.
 */
final class FormatSupport {

	private FormatSupport() {
	}

	/**
	 * Returns the phase, or else the state, for clients without a concept of states: for
	 * them a job is {@code queued} until it reports something.
	 */
	static String step(ProgressEvent event) {
		if (event.phase() != null) {
			return event.phase();
		}
		boolean silent = event.state() == JobState.RUNNING && event.progress().fraction() == null;
		return (silent ? JobState.QUEUED : event.state()).wireName();
	}

	/**
	 * Returns the state of the job in one word.
	 */
	static String status(ProgressEvent event) {
		if (event.state() == JobState.DONE) {
			return "completed";
		}
		return event.isTerminal() ? "error" : "processing";
	}

	/**
	 * Returns data for clients that get no event name.
	 */
	static JsonObject withStatus(ProgressEvent event, @Nullable Object data) {
		JsonObject json = new JsonObject().with("status", status(event));
		if (data instanceof Map<?, ?> members) {
			members.forEach((name, value) -> {
				if (!json.containsKey(String.valueOf(name))) {
					json.with(String.valueOf(name), value);
				}
			});
			return json;
		}
		return json.with("result", data);
	}

	/**
	 * Returns the fraction for clients that always expect one: 0 until it is known.
	 */
	static double fraction(ProgressEvent event) {
		Double fraction = event.progress().fraction();
		return (fraction != null) ? fraction : 0;
	}

	/**
	 * Returns whole percent, rounded down so that 100 means complete; 0 until it is
	 * known.
	 */
	static int percent(ProgressEvent event) {
		// 0.29 * 100 is a little less than 29
		return (int) Math.floor(fraction(event) * 100 + 1e-9);
	}

	/**
	 * Returns the message for clients that always expect one.
	 */
	static String message(ProgressEvent event) {
		return (event.message() != null) ? event.message() : "";
	}

	/**
	 * Returns why a job ended without a result.
	 */
	static String reason(ProgressEvent event) {
		if (event.error() != null) {
			return event.error().message();
		}
		return (event.state() == JobState.CANCELLED) ? "The job was cancelled" : "The job failed";
	}

}
