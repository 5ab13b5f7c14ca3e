package io.progress.sse.apptests;

import java.util.Map;
import java.util.concurrent.Callable;

import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * What a servlet application has beside that.
 */
@Configuration(proxyBeanMethods = false)
@Import({ OrdinaryMvc.Threads.class, OrdinaryMvc.Envelope.class })
public class OrdinaryMvc {

	static {
		// One class loader of a process may have it, and here are several.
		TomcatURLStreamHandlerFactory.disable();
	}

	@Bean
	ShallowEtagHeaderFilter etag() {
		return new ShallowEtagHeaderFilter();
	}

	/** A controller. */
	@RestController
	public static class Threads {

		@GetMapping("/callable")
		Callable<String> callable() {
			return OrdinaryApplication.Threads::current;
		}

		@GetMapping("/wrapped")
		Map<String, Integer> wrapped() {
			return Map.of("pages", 3);
		}

	}

	/** Wraps some answers. */
	@ControllerAdvice
	public static class Envelope implements ResponseBodyAdvice<Object> {

		@Override
		public boolean supports(MethodParameter returnType, Class<? extends HttpMessageConverter<?>> converterType) {
			return returnType.getParameterType() == Map.class;
		}

		@Override
		public Object beforeBodyWrite(Object body, MethodParameter returnType, MediaType contentType,
				Class<? extends HttpMessageConverter<?>> converterType, ServerHttpRequest request,
				ServerHttpResponse response) {
			return Map.of("data", body);
		}

	}

}
