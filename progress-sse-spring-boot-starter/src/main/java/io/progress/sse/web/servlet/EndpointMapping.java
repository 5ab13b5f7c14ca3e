package io.progress.sse.web.servlet;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;

import io.progress.sse.web.WebSettings;

/**
 * Maps the endpoints in Spring MVC, before the application's controllers unless an order
 * is set. It matches exactly the endpoint paths, and all filters of the application run
 * first.
 */
final class EndpointMapping implements HandlerMapping, Ordered {

	private final EndpointHandler endpoints;

	private final ForwardNotice notice;

	private final int order;

	/**
	 * Creates the mapping.
	 * @param endpoints the endpoints
	 * @param settings the settings, which may have an order
	 */
	EndpointMapping(EndpointHandler endpoints, WebSettings settings) {
		this.endpoints = endpoints;
		this.notice = new ForwardNotice(endpoints);
		this.order = (settings.order() != null) ? settings.order() : HIGHEST_PRECEDENCE;
	}

	@Override
	public int getOrder() {
		return this.order;
	}

	@Override
	public @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) {
		if (this.endpoints.contain(request)) {
			return new HandlerExecutionChain(this.endpoints);
		}
		this.notice.look(request);
		return null;
	}

}
