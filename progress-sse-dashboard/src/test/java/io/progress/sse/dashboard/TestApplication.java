package io.progress.sse.dashboard;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;

/**
 * An application with the dashboard below the context path {@code /app}, whose users'
 * passwords are their names.
 */
final class TestApplication implements AutoCloseable {

	/** What it is served by. */
	enum Stack {

		SERVLET(WebApplicationType.SERVLET, SecuredServlet.class),

		REACTIVE(WebApplicationType.REACTIVE, SecuredReactive.class);

		private final WebApplicationType type;

		private final Class<?> security;

		Stack(WebApplicationType type, Class<?> security) {
			this.type = type;
			this.security = security;
		}

	}

	private final HttpClient client = HttpClient.newHttpClient();

	private final Stack stack;

	private final ConfigurableApplicationContext context;

	private TestApplication(Stack stack, String argument, Class<?>... sources) {
		this.stack = stack;
		this.context = new SpringApplicationBuilder(sources).web(stack.type)
			.properties("server.port=0", "server.shutdown=immediate", "server.servlet.context-path=/app",
					"spring.webflux.base-path=/app", "logging.level.io.progress.sse.dashboard=info")
			.run(argument);
	}

	static TestApplication secured(Stack stack) {
		return new TestApplication(stack, "", stack.security);
	}

	/**
	 * An application without Spring Security.
	 * @param argument as on a command line; empty for none
	 */
	static TestApplication open(Stack stack, String argument, Class<?>... further) {
		return new TestApplication(stack, argument,
				Stream.concat(Stream.of(Open.class), Stream.of(further)).toArray(Class<?>[]::new));
	}

	int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", int.class);
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/**
	 * Signs a user in by the form.
	 * @return the header that goes with the user's requests
	 */
	String signIn(String user) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/app/login"))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString("username=" + user + "&password=" + user))
			.build();
		String cookie = this.client.send(request, BodyHandlers.ofString())
			.headers()
			.firstValue("Set-Cookie")
			.orElseThrow();
		return "Cookie: " + cookie.substring(0, cookie.indexOf(';'));
	}

	HttpResponse<String> get(String path, @Nullable String user, String... headers) throws Exception {
		return send("GET", path, user, headers);
	}

	HttpResponse<String> send(String method, String path, @Nullable String user, String... headers) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
			.method(method, HttpRequest.BodyPublishers.noBody());
		if (user != null) {
			request.header("Authorization", "Basic "
					+ Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8)));
		}
		if (headers.length > 0) {
			request.headers(headers);
		}
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Override
	public String toString() {
		return this.stack.toString();
	}

	private static List<UserDetails> users() {
		return List.of(User.withUsername("admin").password("{noop}admin").roles("ADMIN").build(),
				User.withUsername("alice").password("{noop}alice").build(),
				User.withUsername("bob").password("{noop}bob").build());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class SecuredServlet {

		@Bean
		SecurityFilterChain security(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.csrf(CsrfConfigurer::disable)
				.formLogin(Customizer.withDefaults())
				.httpBasic(Customizer.withDefaults())
				.build();
		}

		@Bean
		UserDetailsService accounts() {
			return new InMemoryUserDetailsManager(users());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableWebFluxSecurity
	static class SecuredReactive {

		/** Otherwise the first of two servers to stop takes the event loops with it. */
		@Bean
		ReactorResourceFactory resources() {
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			resources.setShutdownQuietPeriod(Duration.ZERO);
			return resources;
		}

		@Bean
		SecurityWebFilterChain security(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated())
				.csrf(ServerHttpSecurity.CsrfSpec::disable)
				.formLogin(Customizer.withDefaults())
				.httpBasic(Customizer.withDefaults())
				.build();
		}

		@Bean
		MapReactiveUserDetailsService accounts() {
			return new MapReactiveUserDetailsService(users());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(excludeName = {
			"org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
			"org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
			"org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration",
			"org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
			"org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration",
			"org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
			"org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration" })
	static class Open {

	}

}
