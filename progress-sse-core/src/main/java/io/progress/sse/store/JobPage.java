package io.progress.sse.store;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A part of the answer to a {@link JobQuery}.
 *
 * @param jobs the jobs, newest first, at most as many as asked for; fewer, even none, if
 * many others had to be skipped that did not match
 * @param next the cursor of the next page, of letters, digits and {@code -_~};
 * {@code null} exactly if this is the last page. The number of jobs does not tell this
 */
public record JobPage(List<ListedJob> jobs, @Nullable String next) {

	/** Copies the jobs. */
	public JobPage {
		jobs = List.copyOf(jobs);
	}

}
