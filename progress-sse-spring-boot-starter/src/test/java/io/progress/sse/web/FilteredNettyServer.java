package io.progress.sse.web;

import java.nio.charset.StandardCharsets;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;

/**
 * The test server on Netty behind filters that people have.
 */
@Configuration(proxyBeanMethods = false)
@Import(NettyServer.class)
class FilteredNettyServer {

	@Bean
	ForwardedHeaderTransformer forwardedHeaders() {
		return new ForwardedHeaderTransformer();
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	WebFilter bodies() {
		return (exchange, chain) -> chain
			.filter(exchange.mutate().response(new Bodies(exchange.getResponse())).build());
	}

	/** Looks at bodies when they are whole, and at streams as they come. */
	private static final class Bodies extends ServerHttpResponseDecorator {

		Bodies(ServerHttpResponse delegate) {
			super(delegate);
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
			return DataBufferUtils.join(body).flatMap((whole) -> {
				whole.toString(StandardCharsets.UTF_8);
				return super.writeWith(Mono.just(whole));
			});
		}

		@Override
		public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
			return super.writeAndFlushWith(Flux.from(body).map(Flux::from));
		}

	}

}
