package io.progress.sse.sample.access;

import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;

/**
 * Lets the same pages of other origins submit work that may watch it. Only where some are
 * listed, and behind the filter that looks after the streams.
 */
@Configuration(proxyBeanMethods = false)
class CrossOriginConfiguration {

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE + 110)
	CorsWebFilter submissionsFromOtherOrigins(CrossOriginProperties properties) {
		CorsConfiguration configuration = new CorsConfiguration();
		configuration.setAllowedOrigins(properties.allowedOrigins());
		configuration.setAllowCredentials(properties.allowCredentials());
		configuration.setAllowedMethods(List.of("GET", "HEAD", "POST", "DELETE"));
		configuration.setAllowedHeaders(List.of("*"));
		configuration.setExposedHeaders(List.of("X-Job-Id", "Location", "Link", "Retry-After"));
		UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
		source.registerCorsConfiguration("/api/**", configuration);
		return new CorsWebFilter(source);
	}

}
