package io.progress.sse.web;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import io.progress.sse.autoconfigure.ProgressAutoConfiguration;
import io.progress.sse.autoconfigure.ProgressStreamAutoConfiguration;
import io.progress.sse.event.JobId;
import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.stream.format.ProgressEventFormats;
import io.progress.sse.web.access.ProgressAccessAutoConfiguration;
import io.progress.sse.web.reactive.ProgressWebFluxAutoConfiguration;
import io.progress.sse.web.ticket.ProgressTicketAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Endpoints that an application replaces by beans of its own.
 */
class ReplacedEndpointTests {

	private final ReactiveWebApplicationContextRunner application = new ReactiveWebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProgressAutoConfiguration.class, ProgressStreamAutoConfiguration.class,
				ProgressAccessAutoConfiguration.class, ProgressTicketAutoConfiguration.class,
				ProgressWebAutoConfiguration.class, ProgressWebFluxAutoConfiguration.class));

	@Test
	void aHandlerOfTheApplicationAnswersInsteadOfOurs() {
		this.application.withUserConfiguration(OwnStatus.class)
			.run((context) -> get("/progress/jobs/report", context).expectStatus()
				.isOk()
				.expectBody(String.class)
				.isEqualTo("own report"));
	}

	@Test
	void theOtherEndpointsStayAsTheyAre() {
		this.application.withUserConfiguration(OwnStatus.class)
			.run((context) -> get("/progress/client.js", context).expectStatus().isOk());
	}

	@Test
	void routesOfTheApplicationReplaceAllEndpoints() {
		this.application.withUserConfiguration(FilteredRoutes.class)
			.run((context) -> get("/progress/client.js", context).expectStatus().isOk().expectHeader().exists("X-Own"));
	}

	@Test
	void theApplicationOrdersTheEndpointsAmongItsRoutes() {
		this.application.withUserConfiguration(OrderedRoutes.class)
			.run((context) -> assertThat(context).getBeanNames(RouterFunction.class)
				.containsExactly("progressRouterFunction"));
	}

	@SuppressWarnings("unchecked")
	private static WebTestClient.ResponseSpec get(String path, ApplicationContext context) {
		return WebTestClient.bindToRouterFunction(context.getBean(RouterFunction.class))
			.build()
			.get()
			.uri(path)
			.exchange();
	}

	static class OwnStatus {

		@Bean
		StatusHandler ownStatusHandler(EventStreams feeds, JobAccess access, ProgressEventFormats formats,
				WebSettings settings) {
			return new StatusHandler(feeds, access, formats, settings) {

				@Override
				public Mono<ServerResponse> status(ServerRequest request, JobId job, String format) {
					return ServerResponse.ok().bodyValue("own " + job.value());
				}

			};
		}

	}

	static class FilteredRoutes {

		@Bean
		ProgressRoutes ownRoutes(StreamHandler streams, StatusHandler statuses, CancelHandler cancellations,
				TicketHandler tickets, RetryHandler retries, WebSettings settings) {
			return new ProgressRoutes(streams, statuses, cancellations, tickets, retries, settings) {

				@Override
				public RouterFunction<ServerResponse> routes() {
					return super.routes().filter((request, next) -> {
						request.exchange().getResponse().getHeaders().set("X-Own", "yes");
						return next.handle(request);
					});
				}

			};
		}

	}

	static class OrderedRoutes {

		@Bean
		@Order(1)
		RouterFunction<ServerResponse> progressRouterFunction(ProgressRoutes routes) {
			return routes.routes();
		}

	}

}
