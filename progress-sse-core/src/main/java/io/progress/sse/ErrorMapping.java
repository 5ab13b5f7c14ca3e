package io.progress.sse;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;

import io.progress.sse.event.JobError;
import io.progress.sse.event.JobInfo;

/**
 * What viewers are told about an exception. The exception itself goes to the log, once,
 * and nowhere else.
 */
final class ErrorMapping {

	private static final Logger logger = LoggerFactory.getLogger(ErrorMapping.class);

	private static final JobError INTERRUPTED = new JobError("interrupted", JobError.INTERNAL.message());

	private final List<ProgressErrorMapper> mappers;

	ErrorMapping(List<ProgressErrorMapper> mappers) {
		this.mappers = List.copyOf(mappers);
	}

	JobError map(JobInfo job, Throwable error) {
		for (ProgressErrorMapper mapper : this.mappers) {
			JobError mapped = ask(mapper, error);
			if (mapped != null) {
				return expected(job, error, mapped);
			}
		}
		if (error instanceof ProgressException said) {
			String message = (said.getMessage() != null) ? said.getMessage() : JobError.INTERNAL.message();
			return expected(job, error, new JobError(said.code(), message));
		}
		logger.error("Job '{}' ({}) failed", job.id(), job.name(), error);
		return (error instanceof InterruptedException) ? INTERRUPTED : JobError.INTERNAL;
	}

	/**
	 * The exception that the work threw, without what carried it here.
	 */
	static Throwable unwrap(Throwable error) {
		Throwable unwrapped = Exceptions.unwrap(error);
		while ((unwrapped instanceof CompletionException || unwrapped instanceof ExecutionException)
				&& unwrapped.getCause() != null) {
			unwrapped = Exceptions.unwrap(unwrapped.getCause());
		}
		return unwrapped;
	}

	private static JobError expected(JobInfo job, Throwable error, JobError mapped) {
		logger.debug("Job '{}' ({}) failed with code '{}'", job.id(), job.name(), mapped.code(), error);
		return new JobError(Texts.line(mapped.code()), Texts.line(mapped.message()));
	}

	private static @Nullable JobError ask(ProgressErrorMapper mapper, Throwable error) {
		try {
			return mapper.map(error);
		}
		catch (RuntimeException ex) {
			logger.warn("A progress error mapper failed", ex);
			return null;
		}
	}

}
