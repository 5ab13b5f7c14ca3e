package io.progress.sse.dashboard;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the dashboard.
 *
 * @param enabled Whether to serve the dashboard to users who may list all jobs.
 */
@ConfigurationProperties("progress.sse.dashboard")
record ProgressDashboardProperties(@DefaultValue("true") boolean enabled) {

}
