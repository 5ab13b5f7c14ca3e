package io.progress.sse.stream.format;

import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobState;
import io.progress.sse.event.Note;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.stream.frame.JsonObject;

/**
 * Words and numbers that several formats have in common.
 */
final class FormatSupport {

	private FormatSupport() {
	}

	/**
	 * The phase, which for a job that waits for its first one is {@code queued}.
	 */
	static @Nullable String phase(ProgressEvent event) {
		return (event.phase() == null && event.state() == JobState.QUEUED) ? "queued" : event.phase();
	}

	/**
	 * The phase, or else the state, for clients that know nothing of states: a job that
	 * has begun is {@code queued} to them until it has something to say.
	 */
	static String step(ProgressEvent event) {
		if (event.phase() != null) {
			return event.phase();
		}
		boolean silent = event.state() == JobState.RUNNING && event.progress().fraction() == null;
		return (silent ? JobState.QUEUED : event.state()).wireName();
	}

	/**
	 * How the job stands, in one word.
	 */
	static String status(ProgressEvent event) {
		if (event.state() == JobState.DONE) {
			return "completed";
		}
		return event.isTerminal() ? "error" : "processing";
	}

	/**
	 * Data for clients that get no name of an event.
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
	 * The fraction for clients that know nothing of unknown ones: 0 until it is known.
	 */
	static double fraction(ProgressEvent event) {
		Double fraction = event.progress().fraction();
		return (fraction != null) ? fraction : 0;
	}

	/**
	 * Whole percent, rounded down so that 100 means all of it; 0 until it is known.
	 */
	static int percent(ProgressEvent event) {
		// 0.29 * 100 is a little less than 29
		return (int) Math.floor(fraction(event) * 100 + 1e-9);
	}

	/**
	 * The message for clients that want a text in any case.
	 */
	static String message(ProgressEvent event) {
		return (event.message() != null) ? event.message() : "";
	}

	/**
	 * Why a job ended without a result.
	 */
	static String reason(ProgressEvent event) {
		if (event.error() != null) {
			return event.error().message();
		}
		return (event.state() == JobState.CANCELLED) ? "The job was cancelled" : "The job failed";
	}

	static String level(Note note) {
		return note.level().name().toLowerCase(Locale.ROOT);
	}

}
