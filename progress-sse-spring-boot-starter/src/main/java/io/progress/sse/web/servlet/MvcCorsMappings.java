package io.progress.sse.web.servlet;

import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The application's Spring MVC rules for pages of other origins.
 */
public final class MvcCorsMappings implements CorsConfigurationSource {

	private final SingletonSupplier<CorsConfigurationSource> rules;

	/**
	 * Creates the mappings.
	 * @param configurers define the rules; called at the first request
	 */
	public MvcCorsMappings(Supplier<? extends Iterable<WebMvcConfigurer>> configurers) {
		this.rules = SingletonSupplier.of(() -> collect(configurers.get()));
	}

	@Override
	public @Nullable CorsConfiguration getCorsConfiguration(ServerWebExchange exchange) {
		return this.rules.obtain().getCorsConfiguration(exchange);
	}

	private static CorsConfigurationSource collect(Iterable<WebMvcConfigurer> configurers) {
		Registry registry = new Registry();
		configurers.forEach((each) -> each.addCorsMappings(registry));
		UrlBasedCorsConfigurationSource rules = new UrlBasedCorsConfigurationSource();
		rules.setCorsConfigurations(registry.getCorsConfigurations());
		return rules;
	}

	private static final class Registry extends CorsRegistry {

		@Override
		protected Map<String, CorsConfiguration> getCorsConfigurations() {
			return super.getCorsConfigurations();
		}

	}

}
