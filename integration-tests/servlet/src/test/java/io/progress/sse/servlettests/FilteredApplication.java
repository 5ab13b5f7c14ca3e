package io.progress.sse.servlettests;

import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.springframework.web.util.WebUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An application with filters that people have, each for the requests that ask for it.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(FilteredApplication.Controls.class)
class FilteredApplication {

	/** Names the filter that a request wants. */
	static final String FILTER = "X-Test-Filter";

	@Bean
	ShallowEtagHeaderFilter etag() {
		return new ShallowEtagHeaderFilter() {
			@Override
			protected boolean shouldNotFilter(HttpServletRequest request) {
				return !"etag".equals(request.getHeader(FILTER));
			}
		};
	}

	/** Logs bodies, as the documentation of the wrapper shows it. */
	@Bean
	OncePerRequestFilter bodyLog() {
		return new OncePerRequestFilter() {
			@Override
			protected boolean shouldNotFilter(HttpServletRequest request) {
				return !"body-log".equals(request.getHeader(FILTER));
			}

			@Override
			protected boolean shouldNotFilterAsyncDispatch() {
				return false;
			}

			@Override
			protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
					throws ServletException, IOException {
				ContentCachingResponseWrapper known = WebUtils.getNativeResponse(response,
						ContentCachingResponseWrapper.class);
				ContentCachingResponseWrapper wrapper = (known != null) ? known
						: new ContentCachingResponseWrapper(response);
				chain.doFilter(request, wrapper);
				if (!isAsyncStarted(request)) {
					wrapper.setHeader("X-Body", String.valueOf(wrapper.getContentSize()));
					wrapper.copyBodyToResponse();
				}
			}
		};
	}

	@Bean
	FilterRegistrationBean<Filter> blocking() {
		FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>(
				(request, response, chain) -> chain.doFilter(request, response));
		filter.setName("blocking");
		filter.addUrlPatterns("/blocked/*");
		filter.setAsyncSupported(false);
		return filter;
	}

	/** What Spring itself makes of the same filters. */
	@RestController
	static class Controls {

		@GetMapping("/control/mono")
		Mono<String> mono() {
			return Mono.delay(Duration.ofMillis(1)).thenReturn("later");
		}

		@GetMapping(path = "/control/flux", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<String> flux() {
			return Flux.just("a", "b");
		}

	}

}
