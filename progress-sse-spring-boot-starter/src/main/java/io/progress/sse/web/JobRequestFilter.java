package io.progress.sse.web;

import java.security.Principal;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import io.progress.sse.DuplicateJobException;
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

	/**
	 * Creates the filter.
	 * @param settings the settings
	 */
	public JobRequestFilter(WebSettings settings) {
		this.settings = settings;
	}

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		String wanted = exchange.getRequest().getHeaders().getFirst(this.settings.jobIdHeader());
		if (wanted != null && (wanted.length() < JobId.MIN_CLIENT_LENGTH || !JobId.isValid(wanted))) {
			return Problem
				.of(Problem.Kind.MALFORMED_JOB_ID,
						"A job id that a client chooses is " + JobId.MIN_CLIENT_LENGTH + " to " + JobId.MAX_LENGTH
								+ " characters of A-Z, a-z, 0-9, _ and -")
				.write(exchange.getResponse());
		}
		JobId jobId = (wanted != null) ? JobId.of(wanted) : null;
		return exchange.getPrincipal()
			.map(Principal::getName)
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.flatMap((owner) -> filter(exchange, chain, jobId, owner.orElse(null)))
			.onErrorResume((ex) -> duplicate(ex) != null && !exchange.getResponse().isCommitted(),
					(ex) -> Problem.of(Problem.Kind.DUPLICATE_JOB, "There is a job of this id already; use another id")
						.write(exchange.getResponse()));
	}

	private Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain, @Nullable JobId jobId,
			@Nullable String owner) {
		JobRequest request = new JobRequest(jobId, owner, (job) -> onAdmitted(job, exchange));
		JobRequestScope scope = new JobRequestScope(request);
		return scope.around(chain.filter(new ScopedExchange(exchange, scope)))
			.contextWrite((context) -> context.put(JobRequest.class, request));
	}

	private void onAdmitted(JobHandle job, ServerWebExchange exchange) {
		ServerHttpResponse response = exchange.getResponse();
		if (!response.isCommitted()) {
			String id = job.id().value();
			String stream = exchange.getRequest().getPath().contextPath().value() + this.settings.streamPath(id);
			response.getHeaders().add(this.settings.jobIdHeader(), id);
			response.getHeaders().add(HttpHeaders.LINK, "<" + stream + ">; rel=\"monitor\"");
		}
	}

	private static @Nullable DuplicateJobException duplicate(Throwable ex) {
		for (Throwable each = ex; each != null; each = each.getCause()) {
			if (each instanceof DuplicateJobException duplicate) {
				return duplicate;
			}
		}
		return null;
	}

}
