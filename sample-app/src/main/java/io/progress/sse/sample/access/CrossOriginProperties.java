package io.progress.sse.sample.access;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Pages of other origins that may see jobs, as the starter reads it, too.
 *
 * @param allowedOrigins Origins of the pages.
 * @param allowCredentials Whether their requests may carry cookies.
 */
@ConfigurationProperties("progress.sse.cors")
record CrossOriginProperties(@DefaultValue List<String> allowedOrigins,
		@DefaultValue("false") boolean allowCredentials) {

}
