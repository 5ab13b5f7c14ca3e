package io.progress.sse.autoconfigure;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;

import io.progress.sse.web.ObservedStreams;

/**
 * Keeps the requests of streams out of the timer of all requests, whatever its name is.
 */
final class StreamRequestFilter implements MeterFilter {

	@Override
	public MeterFilterReply accept(Meter.Id id) {
		return ObservedStreams.VALUE.equals(id.getTag(ObservedStreams.KEY)) ? MeterFilterReply.DENY
				: MeterFilterReply.NEUTRAL;
	}

}
