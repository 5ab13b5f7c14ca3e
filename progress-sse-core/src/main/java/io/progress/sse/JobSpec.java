package io.progress.sse;

import java.net.URI;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.support.Texts;

/**
 * The description of a job that is about to start. Immutable; each {@code with} method
 * gives a changed copy.
 *
 * @param name what kind of job it is, the same for every run. It becomes a metric tag and
 * a word in the log: 1 to 100 letters, digits, spaces and {@code . _ : / $ # + -}, not
 * only spaces
 * @param id its id; {@code null} for a generated one
 * @param owner name of the principal it belongs to; {@code null} if none is named. A
 * blank name is none
 * @param parent the job it belongs to; {@code null} for none
 * @param duplicates what happens when the id is taken
 * @param webhook URL that is told of the job's end; {@code null} for the configured one,
 * if any
 * @param ownerless whether the job has no owner. If not, and no owner is named, it
 * belongs to the owner of its parent, else to the caller, else to the
 * {@linkplain CurrentUser current user}
 */
public record JobSpec(String name, @Nullable JobId id, @Nullable String owner, @Nullable JobId parent,
		DuplicateJobs duplicates, @Nullable URI webhook, boolean ownerless) {

	private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}\\p{N} ._:/$#+-]{1,100}");

	/**
	 * Checks the name.
	 * @throws IllegalArgumentException if the name is empty, too long, or has other
	 * characters
	 */
	public JobSpec {
		if (name.isBlank()) {
			throw new IllegalArgumentException("'name' must not be blank");
		}
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException("'name' must be 1 to 100 letters, digits, spaces or any of . _ : / $ # "
					+ "+ -, because it is a metric tag, but is '" + Texts.logged(name) + "'");
		}
		owner = (owner != null && !owner.isBlank()) ? owner : null;
		if (ownerless && owner != null) {
			throw new IllegalArgumentException(
					"'ownerless' must be false for a job whose owner is '" + Texts.logged(owner) + "'");
		}
	}

	/**
	 * A job with a generated id. It belongs to the owner of its parent, else to the
	 * caller.
	 * @param name what kind of job it is
	 * @return the specification
	 */
	public static JobSpec named(String name) {
		return new JobSpec(name, null, null, null, DuplicateJobs.REJECT, null, false);
	}

	/**
	 * Returns a copy with this id.
	 * @param id the id; {@code null} for a generated one
	 * @return a changed copy
	 */
	public JobSpec withId(@Nullable JobId id) {
		return new JobSpec(this.name, id, this.owner, this.parent, this.duplicates, this.webhook, this.ownerless);
	}

	/**
	 * Returns a copy with this owner, no matter which caller starts the job.
	 * @param owner name of the principal; {@code null} or blank for none
	 * @return a changed copy
	 */
	public JobSpec withOwner(@Nullable String owner) {
		boolean ownerless = owner == null || owner.isBlank();
		return new JobSpec(this.name, this.id, owner, this.parent, this.duplicates, this.webhook, ownerless);
	}

	/**
	 * Returns a copy with this parent.
	 * @param parent the job it belongs to
	 * @return a changed copy
	 */
	public JobSpec withParent(@Nullable JobId parent) {
		return new JobSpec(this.name, this.id, this.owner, parent, this.duplicates, this.webhook, this.ownerless);
	}

	/**
	 * Returns a copy with this rule for ids that are taken.
	 * @param duplicates what happens when the id is taken
	 * @return a changed copy
	 */
	public JobSpec onDuplicate(DuplicateJobs duplicates) {
		return new JobSpec(this.name, this.id, this.owner, this.parent, duplicates, this.webhook, this.ownerless);
	}

	/**
	 * Returns a copy with this webhook. Starting the job throws an
	 * {@link IllegalArgumentException} if webhooks are not enabled or the URL breaks
	 * their rules; a job that is joined keeps its own.
	 * @param webhook URL that is told of the job's end; {@code null} for the configured
	 * one, if any
	 * @return a changed copy
	 */
	public JobSpec withWebhook(@Nullable URI webhook) {
		return new JobSpec(this.name, this.id, this.owner, this.parent, this.duplicates, webhook, this.ownerless);
	}

}
