package io.progress.sse.sample;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Talks to the sample application as a visitor's program would.
 */
public final class SampleClient {

	public static final Duration PATIENCE = Duration.ofSeconds(60);

	private final WebClient http;

	public SampleClient(int port) {
		this.http = WebClient.builder()
			.baseUrl("http://localhost:" + port)
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(-1))
			.build();
	}

	private SampleClient(WebClient http) {
		this.http = http;
	}

	/** The same client, which now always sends a header. */
	public SampleClient with(String header, String value) {
		return new SampleClient(this.http.mutate().defaultHeader(header, value).build());
	}

	public ResponseEntity<Map<String, Object>> convert(byte[] picture, String format) {
		return convert(form(picture, format));
	}

	public ResponseEntity<Map<String, Object>> convert(MultipartBodyBuilder form) {
		return answer(this.http.post().uri("/api/v1/convert").bodyValue(form.build()));
	}

	public ResponseEntity<Map<String, Object>> convertAs(String jobId, byte[] picture, String format) {
		return answer(this.http.post()
			.uri("/api/v1/convert")
			.header("X-Job-Id", jobId)
			.bodyValue(form(picture, format).build()));
	}

	public ResponseEntity<Map<String, Object>> upload(MultipartBodyBuilder form) {
		return answer(this.http.post().uri("/api/jobs").bodyValue(form.build()));
	}

	public ResponseEntity<Map<String, Object>> post(String uri, String json) {
		return post(uri, MediaType.APPLICATION_JSON_VALUE, json);
	}

	public ResponseEntity<Map<String, Object>> post(String uri, String contentType, String body) {
		return answer(this.http.post().uri(uri).header("Content-Type", contentType).bodyValue(body));
	}

	public ResponseEntity<Map<String, Object>> post(String uri, MultipartBodyBuilder form) {
		return answer(this.http.post().uri(uri).bodyValue(form.build()));
	}

	public ResponseEntity<Map<String, Object>> demo(String query) {
		return answer(this.http.post().uri("/api/demo?" + query));
	}

	public ResponseEntity<Map<String, Object>> cancel(ResponseEntity<?> accepted) {
		return answer(this.http.delete().uri(String.valueOf(accepted.getHeaders().getLocation())));
	}

	public <T> ResponseEntity<T> get(String uri, Class<T> type) {
		return this.http.get()
			.uri(uri)
			.exchangeToMono((response) -> response.toEntity(type))
			.blockOptional(PATIENCE)
			.orElseThrow();
	}

	/** The object that an address answers. */
	public Map<String, Object> json(String uri) {
		return Objects.requireNonNull(answer(this.http.get().uri(uri)).getBody());
	}

	/** What a new viewer sees, and when. */
	public Flux<Seen> watch(String stream) {
		return watch(stream, null);
	}

	/** What a viewer sees that has seen something before. */
	public Flux<Seen> watch(String stream, @Nullable String lastEventId) {
		return this.http.get().uri(stream).headers((headers) -> {
			if (lastEventId != null) {
				headers.set("Last-Event-ID", lastEventId);
			}
		}).retrieve().bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<Map<String, Object>>>() {
		}).filter((event) -> event.data() != null).map(Seen::now);
	}

	/** All that a new viewer sees up to the end of the job. */
	public List<Seen> watchToTheEnd(String stream) {
		return watch(stream).collectList().blockOptional(PATIENCE).orElseThrow();
	}

	public HttpStatusCode statusOf(String stream, String lastEventId) {
		return this.http.get()
			.uri(stream)
			.header("Last-Event-ID", lastEventId)
			.exchangeToMono((response) -> response.releaseBody().thenReturn(response.statusCode()))
			.blockOptional(PATIENCE)
			.orElseThrow();
	}

	public static String stream(ResponseEntity<?> accepted) {
		return accepted.getHeaders().getLocation() + "/events";
	}

	public static MultipartBodyBuilder form(byte[] picture, String format) {
		MultipartBodyBuilder form = form(picture);
		form.part("format", format);
		return form;
	}

	public static MultipartBodyBuilder form(byte[] picture) {
		return file("kätzchen.jpeg", picture);
	}

	public static MultipartBodyBuilder file(String name, byte[] content) {
		MultipartBodyBuilder form = new MultipartBodyBuilder();
		form.part("file", new ByteArrayResource(content) {
			@Override
			public String getFilename() {
				return name;
			}
		});
		return form;
	}

	private ResponseEntity<Map<String, Object>> answer(WebClient.RequestHeadersSpec<?> request) {
		Mono<ResponseEntity<Map<String, Object>>> answer = request
			.exchangeToMono((response) -> response.toEntity(new ParameterizedTypeReference<>() {
			}));
		return answer.blockOptional(PATIENCE).orElseThrow();
	}

}
