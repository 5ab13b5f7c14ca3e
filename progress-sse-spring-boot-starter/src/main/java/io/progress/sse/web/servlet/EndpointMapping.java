package io.progress.sse.web.servlet;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Maps the endpoints in Spring MVC, before the application's controllers: it matches
 * exactly the endpoint paths, and all filters of the application run first.
 */
final class EndpointMapping implements HandlerMapping, Ordered {

	private final EndpointHandler endpoints;

	private final ForwardNotice notice;

	/**
	 * Creates the mapping.
	 * @param endpoints the endpoints
	 */
	EndpointMapping(EndpointHandler endpoints) {
		this.endpoints = endpoints;
		this.notice = new ForwardNotice(endpoints);
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
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
