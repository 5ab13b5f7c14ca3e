package io.progress.sse.web.reactive;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

import io.progress.sse.JobHandle;
import io.progress.sse.RequestContext;
import io.progress.sse.web.JobAccess;
import io.progress.sse.web.Problem;
import io.progress.sse.web.SubmissionHeaders;

/**
 * Passes the job headers of a request to the tracker, and names the started job in the
 * response. The innermost filter, so that all others have already identified the caller.
 */
final class JobRequestFilter implements WebFilter, Ordered {

	private final JobAccess access;

	private final SubmissionHeaders headers;

	/**
	 * Creates the filter.
	 * @param access identifies callers
	 * @param headers the headers about jobs
	 */
	JobRequestFilter(JobAccess access, SubmissionHeaders headers) {
		this.access = access;
		this.headers = headers;
	}

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return this.access.caller(exchange)
			.map((caller) -> this.headers.request(exchange.getRequest().getHeaders()::getFirst, caller.name(),
					namesFirst(exchange)))
			.onErrorResume((ex) -> Mono.just(this.headers.unresolved(ex)))
			.flatMap((request) -> filter(exchange, chain, request))
			.onErrorResume((ex) -> {
				Problem refusal = exchange.getResponse().isCommitted() ? null : Problem.ofRefusal(ex);
				return (refusal != null) ? refusal.write(exchange.getResponse()) : Mono.error(ex);
			});
	}

	private static Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain, RequestContext unplaced) {
		return Mono.deferContextual((around) -> {
			RequestContext request = unplaced.within(around);
			JobRequestScope scope = new JobRequestScope(request);
			return scope.around(chain.filter(new ScopedExchange(exchange, scope)))
				.contextWrite((context) -> context.put(RequestContext.class, request));
		});
	}

	/**
	 * Only the first job is named, because a request may start more jobs than headers can
	 * hold.
	 */
	private Consumer<JobHandle> namesFirst(ServerWebExchange exchange) {
		AtomicBoolean named = new AtomicBoolean();
		return (job) -> {
			if (named.compareAndSet(false, true)) {
				name(job, exchange);
			}
		};
	}

	private void name(JobHandle job, ServerWebExchange exchange) {
		ServerHttpResponse response = exchange.getResponse();
		if (!response.isCommitted()) {
			this.headers.name(job, exchange.getRequest().getPath().contextPath().value(), response.getHeaders()::add);
		}
	}

}
