package io.progress.sse.web;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.util.ClassUtils;
import org.springframework.web.server.ServerWebExchange;

import io.progress.sse.support.ForeignCode;

/**
 * Marks the observations of requests that are answered with a stream, because such a
 * request takes as long as its client stays. The mark is a key with a low cardinality, so
 * that it is a tag of the request's meter and of its span.
 */
public final class ObservedStreams {

	/** Whether Micrometer is on the class path. */
	public static final boolean ARE_OBSERVABLE = ClassUtils.isPresent("io.micrometer.observation.Observation",
			ObservedStreams.class.getClassLoader());

	/** The key of the mark. */
	public static final String KEY = "progress.sse";

	/** The value of the mark. */
	public static final String VALUE = "stream";

	private static final Logger logger = LoggerFactory.getLogger(ObservedStreams.class);

	private static final String CONTEXT = ObservedStreams.class.getName();

	private ObservedStreams() {
	}

	/**
	 * Tells the exchange by what the request is observed, where Spring's reactive server
	 * does not observe it.
	 * @param exchange the exchange
	 * @param context the observation's context
	 */
	public static void observe(ServerWebExchange exchange, Observation.Context context) {
		exchange.getAttributes().put(CONTEXT, context);
	}

	/**
	 * Marks the request's observation, if it has one. Never throws.
	 */
	static void mark(ServerWebExchange exchange) {
		if (ARE_OBSERVABLE) {
			ForeignCode.run(() -> Marks.add(exchange),
					(ex) -> logger.debug("The observation of a request was not marked", ex));
		}
	}

	/**
	 * A separate class, so that Micrometer types are loaded only if they are on the class
	 * path.
	 */
	private static final class Marks {

		private static final KeyValue STREAM = KeyValue.of(KEY, VALUE);

		private Marks() {
		}

		static void add(ServerWebExchange exchange) {
			if (exchange.getAttribute(CONTEXT) instanceof Observation.Context context) {
				context.addLowCardinalityKeyValue(STREAM);
			}
			ServerRequestObservationContext.findCurrent(exchange.getAttributes())
				.ifPresent((context) -> context.addLowCardinalityKeyValue(STREAM));
		}

	}

}
