package io.progress.sse.web.reactive;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.codec.multipart.Part;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An exchange that keeps the request current while its asynchronous parts (form data,
 * session) arrive: a controller method may wait for them, and Reactor's automatic context
 * propagation may be off.
 */
final class ScopedExchange extends ServerWebExchangeDecorator {

	private final JobRequestScope scope;

	private final ServerHttpRequest request;

	ScopedExchange(ServerWebExchange delegate, JobRequestScope scope) {
		super(delegate);
		this.scope = scope;
		this.request = new ServerHttpRequestDecorator(delegate.getRequest()) {
			@Override
			public Flux<DataBuffer> getBody() {
				return scope.around(super.getBody());
			}
		};
	}

	@Override
	public ServerHttpRequest getRequest() {
		return this.request;
	}

	@Override
	public Mono<MultiValueMap<String, String>> getFormData() {
		return this.scope.around(super.getFormData());
	}

	@Override
	public Mono<MultiValueMap<String, Part>> getMultipartData() {
		return this.scope.around(super.getMultipartData());
	}

	@Override
	public Mono<WebSession> getSession() {
		return this.scope.around(super.getSession());
	}

}
