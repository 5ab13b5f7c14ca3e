package io.progress.sse.redis;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.store.JobQuery;
import io.progress.sse.support.Sha256;

/**
 * The names of a list of jobs in Redis. They share a hash tag, which for an owner is a
 * digest, because names may be long or contain braces. Its colon keeps it apart from the
 * hash tags of jobs.
 *
 * @param ofAll whether it is the list of all jobs
 * @param common the beginning of all names
 */
record ListKeys(boolean ofAll, String common) {

	private static ListKeys of(String prefix, String tag, boolean ofAll) {
		return new ListKeys(ofAll, prefix + ":{" + tag + "}:");
	}

	/** The list of an owner's jobs; of all jobs for {@code null}. */
	static ListKeys ofOwner(String prefix, @Nullable String owner) {
		return (owner != null) ? of(prefix, "owner:" + Sha256.hex(owner), false) : of(prefix, "jobs:all", true);
	}

	/** The list of the jobs that a job has started. */
	static ListKeys ofParent(String prefix, JobId parent) {
		return of(prefix, parent.value(), false);
	}

	/** The lists that a job is in. */
	static List<ListKeys> of(String prefix, JobInfo job) {
		List<ListKeys> lists = new ArrayList<>();
		lists.add(ofOwner(prefix, null));
		if (job.owner() != null) {
			lists.add(ofOwner(prefix, job.owner()));
		}
		if (job.parent() != null) {
			lists.add(ofParent(prefix, job.parent()));
		}
		return lists;
	}

	/** The shortest list that has all jobs that a query selects. */
	static ListKeys of(String prefix, JobQuery query) {
		return (query.parent() != null) ? ofParent(prefix, query.parent()) : ofOwner(prefix, query.owner());
	}

	/** The sorted set of all jobs of the list. */
	byte[] jobs() {
		return JobKeys.bytes(this.common + "list");
	}

	/** The sorted set of those that have not ended. */
	byte[] running() {
		return JobKeys.bytes(this.common + "running");
	}

	/** The channel for notices. */
	String channel() {
		return this.common + "news";
	}

	/** All names, in the order that the script expects. */
	byte[][] all() {
		return new byte[][] { jobs(), running(), JobKeys.bytes(channel()) };
	}

}
