package io.progress.sse.redis;

import java.time.format.DateTimeParseException;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventRejectedException;

/**
 * Converts events to JSON and back. Settings of the application do not affect the JSON.
 * Only plain values are read, so stored data cannot choose a class.
 */
final class EventCodec {

	/** Largest event in bytes; larger than any event of the engine. */
	static final int MAX_SIZE = 256 * 1024;

	/**
	 * Writes an event.
	 * @throws EventRejectedException if its readers would refuse it
	 */
	byte[] encode(ProgressEvent event) {
		byte[] json = write(event.jobId(), () -> EventDocument.write(event));
		if (json.length > MAX_SIZE) {
			throw new EventRejectedException("An event must have at most " + MAX_SIZE + " bytes, but one of job '"
					+ event.jobId() + "' has " + json.length);
		}
		return json;
	}

	ProgressEvent decode(JobId job, byte[] json) {
		return read(job, json, EventDocument::read);
	}

	byte[] encode(JobInfo info) {
		return write(info.id(), () -> JobDocument.write(info));
	}

	JobInfo decodeInfo(JobId job, byte[] json) {
		return read(job, json, JobDocument::read);
	}

	private byte[] write(JobId job, Supplier<byte[]> writer) {
		try {
			return writer.get();
		}
		catch (IllegalArgumentException ex) {
			throw new EventRejectedException("Job '" + job + "' must be writable as JSON, but is not", ex);
		}
	}

	private <T> T read(JobId job, byte[] json, BiFunction<JobId, byte[], T> reader) {
		if (json.length > MAX_SIZE) {
			throw new IllegalStateException("The stored data of job '" + job + "' must have at most " + MAX_SIZE
					+ " bytes, but has " + json.length);
		}
		try {
			return reader.apply(job, json);
		}
		catch (IllegalArgumentException | DateTimeParseException ex) {
			throw new IllegalStateException("The stored data of job '" + job + "' cannot be read", ex);
		}
	}

}
