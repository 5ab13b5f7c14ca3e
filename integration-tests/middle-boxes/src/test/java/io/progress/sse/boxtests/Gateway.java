package io.progress.sse.boxtests;

import java.util.Map;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Spring Cloud Gateway, of both kinds.
 */
final class Gateway {

	private Gateway() {
	}

	static RunningBox reactive(int upstream) {
		return start(WebApplicationType.REACTIVE, "webflux", Exclusions.allButReactiveGateway(), upstream);
	}

	static RunningBox servlet(int upstream) {
		return start(WebApplicationType.SERVLET, "webmvc", Exclusions.allButServletGateway(), upstream);
	}

	private static RunningBox start(WebApplicationType type, String kind, String excluded, int upstream) {
		String route = "spring.cloud.gateway.server." + kind + ".routes[0].";
		ConfigurableApplicationContext context = new SpringApplicationBuilder(GatewayApplication.class).web(type)
			.properties(Map.of("server.address", "127.0.0.1", "server.port", 0, Exclusions.PROPERTY, excluded,
					// Its class path has no Reactor Netty, which would be chosen.
					"spring.http.clients.imperative.factory", "jdk", route + "id", "reports", route + "uri",
					"http://127.0.0.1:" + upstream, route + "predicates[0]", "Path=/**"))
			.run();
		int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		return new RunningBox("http", port, context);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class GatewayApplication {

	}

}
