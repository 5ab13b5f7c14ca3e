package io.progress.sse.security;

import java.time.Clock;
import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.hierarchicalroles.NullRoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.core.GrantedAuthorityDefaults;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.server.authentication.logout.ServerLogoutHandler;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

import io.progress.sse.CurrentUser;
import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.web.EndpointPaths;
import io.progress.sse.web.JobAccess;
import io.progress.sse.web.ProgressRoutes;
import io.progress.sse.web.WebSettings;
import io.progress.sse.web.access.CallerResolver;
import io.progress.sse.web.access.JobAccessPolicy;
import io.progress.sse.web.servlet.EndpointHandler;
import io.progress.sse.web.servlet.MvcCorsMappings;

/**
 * Auto-configuration for applications with Spring Security: callers, tickets and log-out.
 */
@AutoConfiguration(afterName = { "io.progress.sse.autoconfigure.ProgressStreamAutoConfiguration",
		"org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
		"org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration" })
@ConditionalOnWebApplication
@ConditionalOnClass({ Authentication.class, Customizer.class })
@ConditionalOnBean(EventStreams.class)
public final class ProgressSecurityAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	CallerResolver progressAuthenticatedCallers(ObjectProvider<Clock> clock) {
		return new AuthenticatedCallers(clock.getIfUnique(Clock::systemUTC));
	}

	@Bean
	@ConditionalOnMissingBean
	CurrentUser progressAuthenticatedUser() {
		return new AuthenticatedUser();
	}

	/**
	 * The default policy, where requests pass a filter of Spring Security at all.
	 */
	@Bean
	@ConditionalOnMissingBean
	@Conditional(OnFilterChain.class)
	JobAccessPolicy progressAdministratorsPolicy(WebSettings settings, ObjectProvider<GrantedAuthorityDefaults> roles,
			ObjectProvider<RoleHierarchy> hierarchy) {
		String role = settings.list().adminRole();
		if (role.isEmpty()) {
			return JobAccessPolicy.owners();
		}
		String prefix = roles.getIfAvailable(() -> new GrantedAuthorityDefaults("ROLE_")).getRolePrefix();
		return JobAccessPolicy.owners()
			.orAdministrators(new Authority(prefix + role, hierarchy.getIfAvailable(NullRoleHierarchy::new)));
	}

	@Bean
	ApplicationListener<LogoutSuccessEvent> progressLogoutListener(ObjectProvider<JobAccess> access) {
		return (event) -> access.ifAvailable((jobs) -> jobs.closeAll(event.getAuthentication().getName()));
	}

	/** There is a chain of Spring Security's filters, of either kind. */
	static final class OnFilterChain extends AnyNestedCondition {

		OnFilterChain() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnBean(type = "org.springframework.security.web.SecurityFilterChain")
		static final class Servlet {

		}

		@ConditionalOnBean(type = "org.springframework.security.web.server.SecurityWebFilterChain")
		static final class Reactive {

		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnClass(HttpSecurity.class)
	static class ServletConfiguration {

		@Bean
		Customizer<HttpSecurity> progressSecurityCustomizer(EndpointPaths endpoints, WebSettings settings,
				ObjectProvider<MvcCorsMappings> corsMappings) {
			CorsConfigurationSource mappings = corsMappings.getIfAvailable();
			EndpointHandler scripts = new EndpointHandler(ProgressRoutes.scripts(settings), settings, List.of(),
					(mappings != null) ? mappings : (exchange) -> null, Runnable::run);
			return (http) -> http
				.addFilterBefore(new ScriptFilter(endpoints, scripts), AnonymousAuthenticationFilter.class)
				.addFilterBefore(new TicketFilter(endpoints), AnonymousAuthenticationFilter.class)
				.addFilterAfter(new UnauthenticatedFilter(endpoints), ExceptionTranslationFilter.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	@ConditionalOnClass(ServerHttpSecurity.class)
	static class ReactiveConfiguration {

		@Bean
		Customizer<ServerHttpSecurity> progressSecurityCustomizer(EndpointPaths endpoints, JobAccess access,
				WebSettings settings) {
			RouterFunction<ServerResponse> scripts = ProgressRoutes.scripts(settings);
			ServerLogoutHandler closing = (exchange, authentication) -> Mono
				.fromRunnable(() -> access.closeAll(authentication.getName()));
			return (http) -> http
				.addFilterBefore(new ScriptWebFilter(endpoints, scripts),
						SecurityWebFiltersOrder.ANONYMOUS_AUTHENTICATION)
				.addFilterBefore(new TicketWebFilter(endpoints), SecurityWebFiltersOrder.ANONYMOUS_AUTHENTICATION)
				.addFilterAfter(new UnauthenticatedWebFilter(endpoints), SecurityWebFiltersOrder.EXCEPTION_TRANSLATION)
				.logout((logout) -> logout.logoutHandler((handlers) -> handlers.add(closing)));
		}

	}

}
