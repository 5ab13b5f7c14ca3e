package io.progress.sse.web;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;
import org.springframework.web.reactive.config.CorsRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application says about pages of other origins by means of its framework.
 */
class CrossOriginMappingTests {

	private static final String STREAM = "/progress/jobs/mapped/events";

	private static final String FRIEND = "Origin: https://friend.example.com";

	@ParameterizedTest
	@ValueSource(classes = { Mapping.class, Filter.class })
	void aPageThatTheApplicationLetsInIsServed(Class<?> rules) {
		try (TestServer server = TestServer.start(new Class<?>[] { rules })) {
			server.job("mapped").queued();
			try (RawClient client = RawClient.get(server.port(), STREAM, FRIEND, "Sec-Fetch-Site: cross-site")) {
				assertThat(client.status()).isEqualTo(200);
				assertThat(client.header("access-control-allow-origin")).isEqualTo("https://friend.example.com");
				assertThat(client.event()).containsEntry("event", "progress");
			}
			try (RawClient client = RawClient.send(server.port(), "OPTIONS", STREAM, FRIEND,
					"Access-Control-Request-Method: GET")) {
				assertThat(client.status()).isEqualTo(200);
				assertThat(client.header("access-control-allow-methods")).contains("GET");
			}
			try (RawClient client = RawClient.get(server.port(), STREAM, "Origin: https://evil.example.com")) {
				assertThat(client.status()).isEqualTo(403);
			}
		}
	}

	@Test
	void bothKindsOfRulesHold() {
		try (TestServer server = TestServer.start(new Class<?>[] { Mapping.class },
				"progress.sse.cors.allowed-origins=https://app.example.com")) {
			server.job("mapped").queued();
			for (String origin : new String[] { "https://app.example.com", "https://friend.example.com" }) {
				try (RawClient client = RawClient.get(server.port(), STREAM, "Origin: " + origin)) {
					assertThat(client.status()).isEqualTo(200);
					assertThat(client.headers().get("access-control-allow-origin")).containsExactly(origin);
				}
			}
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Mapping {

		@Bean
		WebFluxConfigurer mappings() {
			return new WebFluxConfigurer() {
				@Override
				public void addCorsMappings(CorsRegistry registry) {
					registry.addMapping("/**").allowedOrigins("https://friend.example.com");
				}
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Filter {

		@Bean
		CorsWebFilter filter() {
			CorsConfiguration friends = new CorsConfiguration().applyPermitDefaultValues();
			friends.setAllowedOrigins(List.of("https://friend.example.com"));
			UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
			source.registerCorsConfiguration("/**", friends);
			return new CorsWebFilter(source);
		}

	}

}
