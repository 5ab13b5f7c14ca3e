package io.progress.sse.apptests;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;
import io.progress.sse.TrackProgress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The spans of jobs, in an application with a tracer.
 */
@Timeout(120)
@Tag("long")
class TraceTests {

	private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");

	private static final AttributeKey<String> EXCEPTION = AttributeKey.stringKey("exception");

	private static final AttributeKey<String> ID = AttributeKey.stringKey("job.id");

	private final HttpClient client = HttpClient.newHttpClient();

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void areChildrenOfTheSpanOfTheRequest(WebApplicationType type) throws Exception {
		try (ConfigurableApplicationContext app = start(type)) {
			for (String way : List.of("called", "async", "reactive", "started", "submitted", "subscribed")) {
				assertThatJobIsPartOfRequest(app, way);
			}
			assertThatFailureHasNoText(app);
		}
	}

	private void assertThatJobIsPartOfRequest(ConfigurableApplicationContext app, String way) throws Exception {
		InMemorySpanExporter exporter = app.getBean(InMemorySpanExporter.class);
		Work work = app.getBean(Work.class);
		work.hold();
		exporter.reset();
		CompletableFuture<?> answer = post(app, way);
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(names(exporter)).as(way).contains("job " + way + " started"));
		assertThat(names(exporter)).as(way).doesNotContain("job " + way);
		work.goOn();
		answer.join();
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(names(exporter)).as(way).contains("job " + way, "http post /" + way));
		SpanData request = span(exporter, "http post /" + way);
		SpanData job = span(exporter, "job " + way);
		SpanData started = span(exporter, "job " + way + " started");
		assertThat(job.getParentSpanId()).as(way).isEqualTo(request.getSpanId());
		assertThat(started.getParentSpanId()).as(way).isEqualTo(job.getSpanId());
		assertThat(span(exporter, "part").getParentSpanId()).as(way).isEqualTo(job.getSpanId());
		assertThat(job.getTraceId()).isEqualTo(request.getTraceId());
		assertThat(job.getAttributes().get(OUTCOME)).isEqualTo("done");
		assertThat(job.getAttributes().get(EXCEPTION)).isEqualTo("none");
		assertThat(job.getAttributes().get(ID)).isNotBlank();
		assertThat(job.getEvents()).extracting(EventData::getName).as(way).containsExactly("working");
	}

	private void assertThatFailureHasNoText(ConfigurableApplicationContext app) throws Exception {
		InMemorySpanExporter exporter = app.getBean(InMemorySpanExporter.class);
		exporter.reset();
		post(app, "failing").join();
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(names(exporter)).contains("job failing", "http post /failing"));
		SpanData job = span(exporter, "job failing");
		assertThat(job.getAttributes().get(OUTCOME)).isEqualTo("failed");
		assertThat(job.getAttributes().get(EXCEPTION)).isEqualTo("IllegalStateException");
		assertThat(job.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
		assertThat(job.toString()).doesNotContain("secret");
	}

	private static SpanData span(InMemorySpanExporter exporter, String name) {
		return exporter.getFinishedSpanItems()
			.stream()
			.filter((span) -> span.getName().equals(name))
			.findFirst()
			.orElseThrow(() -> new AssertionError("No span '" + name + "' in " + names(exporter)));
	}

	private static List<String> names(InMemorySpanExporter exporter) {
		return exporter.getFinishedSpanItems().stream().map(SpanData::getName).toList();
	}

	private CompletableFuture<?> post(ConfigurableApplicationContext app, String way) {
		URI uri = URI.create("http://localhost:" + app.getEnvironment().getProperty("local.server.port") + "/" + way);
		return this.client.sendAsync(HttpRequest.newBuilder(uri)
			.timeout(Duration.ofSeconds(20))
			.POST(HttpRequest.BodyPublishers.noBody())
			.build(), BodyHandlers.discarding());
	}

	private static ConfigurableApplicationContext start(WebApplicationType type) {
		return new SpringApplicationBuilder(TracedApplication.class).web(type)
			.properties("server.port=0", "spring.main.banner-mode=off", "logging.level.root=error")
			.run();
	}

	/** An application with a tracer. */
	@EnableAsync
	@Import({ ReportsApplication.class, Work.class, Starts.class })
	static class TracedApplication {

		@Bean
		InMemorySpanExporter exporter() {
			return InMemorySpanExporter.create();
		}

		@Bean
		DefaultTracingObservationHandler tracing(InMemorySpanExporter exporter) {
			SdkTracerProvider provider = SdkTracerProvider.builder()
				.addSpanProcessor(SimpleSpanProcessor.create(exporter))
				.build();
			return new DefaultTracingObservationHandler(
					new OtelTracer(provider.get("test"), new OtelCurrentTraceContext(), (event) -> {
					}));
		}

	}

	/** Work that waits for the test, and has a part that is observed. */
	public static class Work {

		private volatile CompletableFuture<String> go = new CompletableFuture<>();

		@Autowired
		private ObservationRegistry registry;

		@TrackProgress("called")
		public String called(ProgressReporter progress) {
			return work(progress);
		}

		@Async
		@TrackProgress("async")
		public CompletableFuture<String> async(ProgressReporter progress) {
			return CompletableFuture.completedFuture(work(progress));
		}

		@TrackProgress("reactive")
		public Mono<String> reactive(ProgressReporter progress) {
			return flow(progress);
		}

		@TrackProgress("failing")
		public String failing(ProgressReporter progress) {
			throw new IllegalStateException("secret");
		}

		public void hold() {
			this.go = new CompletableFuture<>();
		}

		public void goOn() {
			this.go.complete("");
		}

		public String work(ProgressReporter progress) {
			progress.phase("working");
			Observation.createNotStarted("part", this.registry).observe(() -> {
			});
			return this.go.join();
		}

		public Mono<String> flow(ProgressReporter progress) {
			progress.phase("working");
			return Mono.deferContextual((context) -> {
				Observation around = context.get("micrometer.observation");
				around.scoped(() -> Observation.start("part", this.registry).stop());
				return Mono.fromFuture(this.go, true);
			});
		}

	}

	/** Starts jobs in all ways. */
	@RestController
	static class Starts {

		@Autowired
		private Work work;

		@Autowired
		private ProgressTracker tracker;

		@PostMapping("/called")
		Mono<String> called() {
			return Mono.fromCallable(() -> this.work.called(ProgressReporter.current()));
		}

		@PostMapping("/async")
		void async() {
			var ignored = this.work.async(ProgressReporter.current());
		}

		@PostMapping("/reactive")
		Mono<String> reactive() {
			return this.work.reactive(ProgressReporter.current());
		}

		@PostMapping("/started")
		void started() {
			this.tracker.start(JobSpec.named("started"), this.work::work);
		}

		@PostMapping("/submitted")
		void submitted() {
			var ignored = this.tracker.submit(JobSpec.named("submitted"), this.work::work);
		}

		@PostMapping("/subscribed")
		Mono<String> subscribed() {
			return this.tracker.mono(JobSpec.named("subscribed"), this.work::flow);
		}

		@PostMapping("/failing")
		String failing() {
			return this.work.failing(ProgressReporter.current());
		}

	}

}
