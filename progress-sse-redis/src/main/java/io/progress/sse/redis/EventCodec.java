package io.progress.sse.redis;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import com.fasterxml.jackson.annotation.JsonInclude.Include;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventRejectedException;

/**
 * Events as JSON. The mapper is our own, so that no setting of the application changes
 * what other nodes read, and binds to fixed types only: what is stored cannot choose a
 * class.
 */
final class EventCodec {

	/** More than the worst event of the engine has, in bytes. */
	static final int MAX_SIZE = 256 * 1024;

	private final JsonMapper mapper = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(Include.NON_NULL))
		.build();

	/**
	 * Writes an event.
	 * @throws EventRejectedException if its readers would refuse it
	 */
	byte[] encode(ProgressEvent event) {
		byte[] json = write(event.jobId(), EventDocument.of(event));
		if (json.length > MAX_SIZE) {
			throw new EventRejectedException("An event must have at most " + MAX_SIZE + " bytes, but one of job '"
					+ event.jobId() + "' has " + json.length);
		}
		return json;
	}

	ProgressEvent decode(JobId job, byte[] json) {
		return read(job, json, EventDocument.class).toEvent(job);
	}

	byte[] encode(JobInfo info) {
		return write(info.id(), JobDocument.of(info));
	}

	JobInfo decodeInfo(JobId job, byte[] json) {
		return read(job, json, JobDocument.class).toInfo(job);
	}

	private byte[] write(JobId job, Object document) {
		try {
			return this.mapper.writeValueAsBytes(document);
		}
		catch (JacksonException ex) {
			throw new EventRejectedException("Job '" + job + "' must be writable as JSON, but is not", ex);
		}
	}

	private <T> T read(JobId job, byte[] json, Class<T> type) {
		if (json.length > MAX_SIZE) {
			throw new IllegalStateException("What is stored for job '" + job + "' must have at most " + MAX_SIZE
					+ " bytes, but has " + json.length);
		}
		try {
			return this.mapper.readValue(json, type);
		}
		catch (JacksonException ex) {
			throw new IllegalStateException("What is stored for job '" + job + "' cannot be read", ex);
		}
	}

}
