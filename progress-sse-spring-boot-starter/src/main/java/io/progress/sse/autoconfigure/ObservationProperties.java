package io.progress.sse.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of observations.
 *
 * @param enabled Whether each job is an observation, and so a span of its trace, if there
 * is an ObservationRegistry.
 */
@ConfigurationProperties("progress.sse.observations")
record ObservationProperties(@DefaultValue("true") boolean enabled) {

}
