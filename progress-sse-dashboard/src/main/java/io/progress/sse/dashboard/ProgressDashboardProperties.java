package io.progress.sse.dashboard;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The dashboard.
 *
 * @param enabled Whether there is a dashboard, for those who may list all jobs.
 */
@ConfigurationProperties("progress.sse.dashboard")
record ProgressDashboardProperties(@DefaultValue("true") boolean enabled) {

}
