package io.progress.sse.servlettests;

import java.io.IOException;
import java.security.Principal;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A test server in a servlet container. Who a caller says to be, nobody doubts.
 */
@Configuration(proxyBeanMethods = false)
public class ServletServer {

	@Bean
	FilterRegistrationBean<OncePerRequestFilter> principals() {
		return new FilterRegistrationBean<>(new OncePerRequestFilter() {
			@Override
			protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
					throws ServletException, IOException {
				chain.doFilter(new NamedRequest(request), response);
			}
		});
	}

	private static final class NamedRequest extends HttpServletRequestWrapper {

		NamedRequest(HttpServletRequest request) {
			super(request);
		}

		@Override
		public Principal getUserPrincipal() {
			String name = getHeader("X-Test-User");
			return (name != null) ? () -> name : super.getUserPrincipal();
		}

	}

}
