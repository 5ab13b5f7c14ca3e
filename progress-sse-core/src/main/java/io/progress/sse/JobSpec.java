package io.progress.sse;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;

/**
 * What is to be known about a job before it starts. Immutable; each {@code with} method
 * gives a changed copy.
 *
 * @param name what kind of job it is, the same for every run; fit for a metric tag
 * @param id its id; {@code null} for a generated one
 * @param owner name of the principal it belongs to; {@code null} for the owner of the
 * parent, else the caller
 * @param parent the job it belongs to; {@code null} for none
 * @param duplicates what happens when the id is taken
 */
public record JobSpec(String name, @Nullable JobId id, @Nullable String owner, @Nullable JobId parent,
		DuplicateJobs duplicates) {

	/**
	 * Checks the name.
	 * @throws IllegalArgumentException if the name is empty
	 */
	public JobSpec {
		if (name.isBlank()) {
			throw new IllegalArgumentException("'name' must not be blank");
		}
	}

	/**
	 * A job with a generated id and no owner.
	 * @param name what kind of job it is
	 * @return the specification
	 */
	public static JobSpec named(String name) {
		return new JobSpec(name, null, null, null, DuplicateJobs.REJECT);
	}

	/**
	 * With this id.
	 * @param id the id; {@code null} for a generated one
	 * @return a changed copy
	 */
	public JobSpec withId(@Nullable JobId id) {
		return new JobSpec(this.name, id, this.owner, this.parent, this.duplicates);
	}

	/**
	 * With this owner.
	 * @param owner name of the principal; {@code null} for nobody
	 * @return a changed copy
	 */
	public JobSpec withOwner(@Nullable String owner) {
		return new JobSpec(this.name, this.id, owner, this.parent, this.duplicates);
	}

	/**
	 * With this parent.
	 * @param parent the job it belongs to
	 * @return a changed copy
	 */
	public JobSpec withParent(@Nullable JobId parent) {
		return new JobSpec(this.name, this.id, this.owner, parent, this.duplicates);
	}

	/**
	 * With this policy for taken ids.
	 * @param duplicates what happens when the id is taken
	 * @return a changed copy
	 */
	public JobSpec onDuplicate(DuplicateJobs duplicates) {
		return new JobSpec(this.name, this.id, this.owner, this.parent, duplicates);
	}

}
