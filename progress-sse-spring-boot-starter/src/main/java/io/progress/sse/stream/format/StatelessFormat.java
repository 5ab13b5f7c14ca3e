package io.progress.sse.stream.format;

import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;

/**
 * A format for clients without a concept of states. The event that only says that the job
 * runs is left out, because these clients would get {@code queued} twice.
 */
interface StatelessFormat extends ProgressEventFormat {

	@Override
	default boolean isShown(ProgressEvent event) {
		return !isSilentStart(event);
	}

	private static boolean isSilentStart(ProgressEvent event) {
		return event.state() == JobState.RUNNING && event.kind() == EventKind.MILESTONE && event.attempt() == 1
				&& event.phase() == null && event.message() == null && event.progress().fraction() == null
				&& event.note() == null && event.data().isEmpty();
	}

}
