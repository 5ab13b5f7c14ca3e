package io.progress.sse.actuate;

import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the endpoint.
 *
 * @param showValues When to show ids, owners, phases, messages, data and results of jobs,
 * which are hidden otherwise.
 * @param roles Comma-separated list of roles that are shown values where 'show-values' is
 * 'when-authorized'. When empty, all authenticated users are authorized.
 */
@ConfigurationProperties("management.endpoint.progress")
record ProgressEndpointProperties(@DefaultValue("never") Show showValues, @DefaultValue Set<String> roles) {

}
