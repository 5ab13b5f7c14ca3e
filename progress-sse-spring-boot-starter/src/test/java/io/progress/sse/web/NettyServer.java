package io.progress.sse.web;

import java.time.Duration;

import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.server.WebFilter;

/**
 * A test server on Netty.
 */
@Configuration(proxyBeanMethods = false)
class NettyServer {

	/** Otherwise the first of two servers to stop takes the event loops with it. */
	@Bean
	ReactorResourceFactory resources() {
		ReactorResourceFactory resources = new ReactorResourceFactory();
		resources.setUseGlobalResources(false);
		resources.setShutdownQuietPeriod(Duration.ZERO);
		return resources;
	}

	/** Who a caller says to be, nobody doubts. */
	@Bean
	WebFilter principals() {
		return (exchange, chain) -> {
			String name = exchange.getRequest().getHeaders().getFirst("X-Test-User");
			return chain.filter((name != null) ? exchange.mutate().principal(Mono.just(() -> name)).build() : exchange);
		};
	}

}
