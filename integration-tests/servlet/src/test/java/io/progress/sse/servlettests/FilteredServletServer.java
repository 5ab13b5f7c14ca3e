package io.progress.sse.servlettests;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.filter.ForwardedHeaderFilter;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/**
 * The test server in a servlet container behind filters that people have.
 */
@Configuration(proxyBeanMethods = false)
@Import({ ServletServer.class, JobAnswerTests.Envelope.class })
public class FilteredServletServer {

	@Bean
	ForwardedHeaderFilter forwardedHeaders() {
		return new ForwardedHeaderFilter();
	}

	@Bean
	ShallowEtagHeaderFilter etag() {
		return new ShallowEtagHeaderFilter();
	}

	/**
	 * Looks at all that is written, with a stream of its own that knows only to block.
	 */
	@Bean
	OncePerRequestFilter bodies() {
		return new OncePerRequestFilter() {
			@Override
			protected boolean shouldNotFilterAsyncDispatch() {
				return false;
			}

			@Override
			protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
					throws ServletException, IOException {
				chain.doFilter(request, new Bodies(response));
			}
		};
	}

	private static final class Bodies extends HttpServletResponseWrapper {

		Bodies(HttpServletResponse response) {
			super(response);
		}

		@Override
		public ServletOutputStream getOutputStream() throws IOException {
			ServletOutputStream out = super.getOutputStream();
			return new ServletOutputStream() {
				@Override
				public void write(int b) throws IOException {
					out.write(b);
				}

				@Override
				public void flush() throws IOException {
					out.flush();
				}

				@Override
				public boolean isReady() {
					return true;
				}

				@Override
				public void setWriteListener(WriteListener listener) {
					throw new UnsupportedOperationException();
				}
			};
		}

	}

}
