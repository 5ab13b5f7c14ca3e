package io.progress.sse.web;

import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import io.progress.sse.JobHandle;
import io.progress.sse.JobRequest;
import io.progress.sse.event.JobId;

/**
 * Tells the tracker what a request says about the job that it is going to start, and
 * tells the client what became of it. The innermost filter, so that every other has had
 * its say about who the caller is.
 */
public final class JobRequestFilter implements WebFilter, Ordered {

	private final WebSettings settings;

	private final CallerResolver callers;

	private final WebhookHeader webhooks;

	private final JobAccess access;

	/**
	 * Creates the filter.
	 * @param settings the settings
	 * @param callers who asks
	 * @param webhooks the header that names a webhook
	 * @param access who may take which id
	 */
	public JobRequestFilter(WebSettings settings, CallerResolver callers, WebhookHeader webhooks, JobAccess access) {
		this.settings = settings;
		this.callers = callers;
		this.webhooks = webhooks;
		this.access = access;
	}

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		String wanted = exchange.getRequest().getHeaders().getFirst(this.settings.jobIdHeader());
		if (wanted != null && !WebSettings.isChoosable(wanted)) {
			return Problem.malformedChoice().write(exchange.getResponse());
		}
		URI webhook;
		try {
			webhook = this.webhooks.read(exchange.getRequest().getHeaders()::getFirst);
		}
		catch (IllegalArgumentException ex) {
			return Problem.malformedWebhook(String.valueOf(ex.getMessage())).write(exchange.getResponse());
		}
		JobId jobId = (wanted != null) ? JobId.of(wanted) : null;
		return this.callers.resolve(exchange)
			.flatMap(
					(caller) -> isAwaitedByAnother(jobId, caller) ? Problem.duplicateJob().write(exchange.getResponse())
							: filter(exchange, chain,
									new JobRequest(jobId, caller.name(), webhook, namesFirst(exchange))))
			.onErrorResume((ex) -> Problem.isDuplicateJob(ex) && !exchange.getResponse().isCommitted(),
					(ex) -> Problem.duplicateJob().write(exchange.getResponse()));
	}

	private Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain, JobRequest request) {
		JobRequestScope scope = new JobRequestScope(request);
		return scope.around(chain.filter(new ScopedExchange(exchange, scope)))
			.contextWrite((context) -> context.put(JobRequest.class, request));
	}

	private boolean isAwaitedByAnother(@Nullable JobId job, Caller caller) {
		return job != null && this.access.isAwaitedByAnother(job, caller.name());
	}

	/**
	 * A request may start more jobs than headers can hold.
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
			String id = job.id().value();
			String stream = exchange.getRequest().getPath().contextPath().value() + this.settings.streamPath(id);
			response.getHeaders().add(this.settings.jobIdHeader(), id);
			response.getHeaders().add(HttpHeaders.LINK, "<" + stream + ">; rel=\"monitor\"");
		}
	}

}
