package io.progress.sse.sample.access;

import java.time.Duration;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Callers and what they show.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ApiKeyIT {

	private WebTestClient http;

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.http = WebTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
	}

	@ParameterizedTest
	@CsvSource({ "Authorization, Bearer demo-key", "Authorization, bearer sk-demo", "X-API-Key, demo-key",
			"X-API-Key, sk-demo", "Cookie, api_key=demo-key", "X-Nothing, at all" })
	void aRequestWithAKnownKeyOrNoneIsAccepted(String header, String value) {
		demo(header, value).expectStatus().isAccepted();
	}

	@ParameterizedTest
	@CsvSource({ "Authorization, Bearer wrong", "Authorization, Bearer", "Authorization, Basic ZGVtby1rZXk6",
			"Authorization, demo-key", "X-API-Key, wrong", "X-API-Key, DEMO-KEY", "Cookie, api_key=wrong" })
	void aRequestWithAWrongKeyIsRefused(String header, String value) {
		demo(header, value).expectStatus()
			.isUnauthorized()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectHeader()
			.valueEquals(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"sample\", error=\"invalid_token\"")
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("The API key is not known");
	}

	@Test
	void aWrongKeyIsNotMadeGoodByARightOne() {
		this.http.get()
			.uri("/")
			.header("X-API-Key", "wrong")
			.header(HttpHeaders.AUTHORIZATION, "Bearer demo-key")
			.exchange()
			.expectStatus()
			.isUnauthorized();
	}

	@ParameterizedTest
	@CsvSource({ "X-API-Key, ''", "Cookie, api_key=" })
	void anEmptyKeyIsNoKey(String header, String value) {
		demo(header, value).expectStatus().isAccepted();
	}

	@Test
	void aJobOfOneKeyIsUnknownToAnother() {
		String id = UUID.randomUUID().toString();
		this.http.post()
			.uri("/api/demo?steps=1&delayMs=0")
			.header("X-API-Key", "demo-key")
			.header("X-Job-Id", id)
			.exchange()
			.expectStatus()
			.isAccepted();
		status(id, "Authorization", "Bearer demo-key").expectStatus().isOk();
		status(id, "Cookie", "api_key=demo-key").expectStatus().isOk();
		status(id, "X-API-Key", "sk-demo").expectStatus().isNotFound();
		status(id, "X-Nothing", "at all").expectStatus().isNotFound();
	}

	@Test
	void aPageTurnsItsKeyIntoACookieThatItCannotRead() {
		ResponseCookie cookie = this.http.post()
			.uri("/api/session")
			.header("X-API-Key", "sk-demo")
			.exchange()
			.expectStatus()
			.isNoContent()
			.expectBody()
			.returnResult()
			.getResponseCookies()
			.getFirst(ApiKeyFilter.COOKIE);
		assertThat(cookie).isNotNull()
			.returns("sk-demo", ResponseCookie::getValue)
			.returns(true, ResponseCookie::isHttpOnly)
			.returns("Lax", ResponseCookie::getSameSite);
		this.http.post().uri("/api/session").exchange().expectStatus().isBadRequest();
	}

	@Test
	void aCookieThatIsNoGoodAnyMoreIsTakenBack() {
		demo("Cookie", "api_key=wrong").expectCookie().maxAge(ApiKeyFilter.COOKIE, Duration.ZERO);
		this.http.delete().uri("/api/session").exchange().expectCookie().maxAge(ApiKeyFilter.COOKIE, Duration.ZERO);
	}

	@Test
	void noPageOfAnotherOriginMaySubmitUnlessItsOriginIsListed() {
		demo(HttpHeaders.ORIGIN, "https://elsewhere.example").expectStatus().isForbidden();
	}

	private WebTestClient.ResponseSpec demo(String header, String value) {
		return this.http.post().uri("/api/demo?steps=1&delayMs=0").header(header, value).exchange();
	}

	private WebTestClient.ResponseSpec status(String id, String header, String value) {
		return this.http.get().uri("/progress/jobs/" + id).header(header, value).exchange();
	}

}
