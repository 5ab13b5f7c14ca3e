package io.progress.sse.web.servlet;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collections;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import reactor.core.publisher.Flux;

/**
 * A servlet request for reactive handlers, without its body, because no endpoint reads
 * one.
 */
final class BodilessRequest extends AbstractServerHttpRequest {

	private final HttpServletRequest request;

	BodilessRequest(HttpServletRequest request) {
		super(HttpMethod.valueOf(request.getMethod()), uri(request), request.getContextPath(), headers(request));
		this.request = request;
	}

	@Override
	protected MultiValueMap<String, HttpCookie> initCookies() {
		MultiValueMap<String, HttpCookie> cookies = new LinkedMultiValueMap<>();
		Cookie[] all = this.request.getCookies();
		if (all != null) {
			for (Cookie each : all) {
				cookies.add(each.getName(), new HttpCookie(each.getName(), each.getValue()));
			}
		}
		return cookies;
	}

	@Override
	protected @Nullable SslInfo initSslInfo() {
		return null;
	}

	@Override
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	public <T> T getNativeRequest() {
		return (T) this.request;
	}

	@Override
	public Flux<DataBuffer> getBody() {
		return Flux.empty();
	}

	@Override
	public InetSocketAddress getRemoteAddress() {
		return InetSocketAddress.createUnresolved(String.valueOf(this.request.getRemoteAddr()),
				this.request.getRemotePort());
	}

	private static URI uri(HttpServletRequest request) {
		return new ServletServerHttpRequest(request).getURI();
	}

	private static HttpHeaders headers(HttpServletRequest request) {
		HttpHeaders headers = new HttpHeaders();
		for (String name : Collections.list(request.getHeaderNames())) {
			headers.addAll(name, Collections.list(request.getHeaders(name)));
		}
		return headers;
	}

}
