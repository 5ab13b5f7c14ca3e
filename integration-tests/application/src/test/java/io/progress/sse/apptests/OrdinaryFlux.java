package io.progress.sse.apptests;

import java.util.Map;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What a reactive application has beside that.
 */
@Configuration(proxyBeanMethods = false)
@Import(OrdinaryFlux.Streams.class)
public class OrdinaryFlux {

	@Bean
	WebFilter stamp() {
		return (exchange, chain) -> {
			exchange.getResponse().getHeaders().add("X-Stamp", "1");
			return chain.filter(exchange);
		};
	}

	@Bean
	RouterFunction<ServerResponse> function() {
		return RouterFunctions.route()
			.GET("/wrapped", (request) -> ServerResponse.ok().bodyValue(Map.of("pages", 3)))
			.build();
	}

	/** A controller. */
	@RestController
	public static class Streams {

		@GetMapping("/callable")
		Mono<String> elsewhere() {
			return Mono.fromCallable(OrdinaryApplication.Threads::current).subscribeOn(Schedulers.boundedElastic());
		}

		@GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<OrdinaryApplication.Book> stream() {
			return Flux.just(OrdinaryApplication.Book.SOME, OrdinaryApplication.Book.SOME);
		}

	}

}
