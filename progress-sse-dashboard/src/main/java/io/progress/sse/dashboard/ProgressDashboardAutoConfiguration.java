package io.progress.sse.dashboard;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.web.AddedPages;
import io.progress.sse.web.JobAccess;
import io.progress.sse.web.ProgressWebAutoConfiguration;
import io.progress.sse.web.WebSettings;
import io.progress.sse.web.access.JobAccessPolicy;

/**
 * Auto-configuration of the dashboard, in web applications of either kind.
 */
@AutoConfiguration(after = ProgressWebAutoConfiguration.class,
		beforeName = { "io.progress.sse.web.reactive.ProgressWebFluxAutoConfiguration",
				"io.progress.sse.web.servlet.ProgressServletAutoConfiguration" })
@ConditionalOnWebApplication
@ConditionalOnBean(JobAccess.class)
@ConditionalOnBooleanProperty(name = "progress.sse.dashboard.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ProgressDashboardProperties.class)
public final class ProgressDashboardAutoConfiguration {

	@Bean
	AddedPages progressDashboard(JobAccess access, WebSettings settings) {
		return DashboardPages.of(access, settings);
	}

	@Bean
	DashboardNotice progressDashboardNotice(JobAccessPolicy policy, EventStreams streams, WebSettings settings) {
		return new DashboardNotice(policy, streams, settings);
	}

}
