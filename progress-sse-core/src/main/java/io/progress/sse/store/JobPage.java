package io.progress.sse.store;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A part of the answer to a {@link JobQuery}.
 *
 * @param jobs the jobs, newest first, at most as many as asked for; fewer, even none,
 * where many had to be looked at that did not match
 * @param next the cursor of the next page, of letters, digits and {@code -_~};
 * {@code null} exactly if there is none, for which the number of jobs is no sign
 */
public record JobPage(List<ListedJob> jobs, @Nullable String next) {

	/** Copies. */
	public JobPage {
		jobs = List.copyOf(jobs);
	}

}
