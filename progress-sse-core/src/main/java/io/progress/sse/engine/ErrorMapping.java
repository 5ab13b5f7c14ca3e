package io.progress.sse.engine;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;

import io.progress.sse.ProgressErrorMapper;
import io.progress.sse.ProgressException;
import io.progress.sse.event.JobError;
import io.progress.sse.event.JobInfo;
import io.progress.sse.support.ForeignCode;
import io.progress.sse.support.Texts;

/**
 * Maps exceptions to the errors that viewers see. The exception itself is logged once and
 * goes nowhere else.
 */
final class ErrorMapping {

	private static final Logger logger = LoggerFactory.getLogger(ErrorMapping.class);

	private static final JobError INTERRUPTED = new JobError("interrupted", JobError.INTERNAL.message());

	/** A limit, because chains of causes may be circular. */
	private static final int MAX_WRAPPERS = 100;

	private final List<ProgressErrorMapper> mappers;

	ErrorMapping(List<ProgressErrorMapper> mappers) {
		this.mappers = List.copyOf(mappers);
	}

	/**
	 * Maps what the work threw. Never throws, although the methods of the exception are
	 * application code and may fail.
	 * @param passedOn whether the exception is also thrown to a caller, which logs it
	 */
	JobError map(JobInfo job, Throwable error, boolean passedOn) {
		return ForeignCode.ask(() -> mapped(job, error, passedOn), JobError.INTERNAL,
				(ex) -> logger.error("A job '{}' failed with an exception that cannot be read", job.name(), ex));
	}

	private JobError mapped(JobInfo job, Throwable error, boolean passedOn) {
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
		if (passedOn) {
			ForeignCode.report(error, (ex) -> logger.debug("Job '{}' ({}) failed", job.id(), job.name(), ex));
		}
		else {
			ForeignCode.report(error, (ex) -> logger.error("A job '{}' failed", job.name(), ex));
		}
		return (error instanceof InterruptedException) ? INTERRUPTED : JobError.INTERNAL;
	}

	/**
	 * Returns the exception that the work threw, without wrappers such as
	 * {@code CompletionException}. Never throws.
	 */
	static Throwable unwrap(Throwable error) {
		return ForeignCode.ask(() -> unwrapped(error), error,
				(ex) -> logger.debug("The cause of an exception cannot be read", ex));
	}

	private static Throwable unwrapped(Throwable error) {
		Throwable unwrapped = Exceptions.unwrap(error);
		for (int i = 0; i < MAX_WRAPPERS && isWrapper(unwrapped) && unwrapped.getCause() != null; i++) {
			unwrapped = Exceptions.unwrap(unwrapped.getCause());
		}
		return unwrapped;
	}

	private static boolean isWrapper(Throwable error) {
		return error instanceof CompletionException || error instanceof ExecutionException;
	}

	private static JobError expected(JobInfo job, Throwable error, JobError mapped) {
		ForeignCode.report(error,
				(ex) -> logger.debug("Job '{}' ({}) failed with code '{}'", job.id(), job.name(), mapped.code(), ex));
		return new JobError(Texts.line(mapped.code()), Texts.line(mapped.message()));
	}

	private static @Nullable JobError ask(ProgressErrorMapper mapper, Throwable error) {
		try {
			return mapper.map(error);
		}
		catch (Throwable failure) {
			ForeignCode.report(failure, (ex) -> logger.warn("A progress error mapper failed", ex));
			return null;
		}
	}

}
