package io.progress.sse.web;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

import io.progress.sse.event.JobInfo;
import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.web.access.Caller;
import io.progress.sse.web.access.JobAccessPolicy;

/**
 * The owner whose jobs a caller lists; the policy permits it.
 *
 * @param caller the caller
 * @param name the owner's name; {@code null} for all owners
 * @param access decides who may see a job
 */
record ListOwner(Caller caller, @Nullable String name, JobAccess access) {

	/** Stands for all owners. */
	private static final String EVERYBODY = "*";

	/**
	 * Returns the owner that the parameter {@code owner} of a request names, otherwise
	 * the caller.
	 * @return the owner; a {@link RefusedListException} if there is no list for the
	 * caller
	 */
	static Mono<ListOwner> of(ServerWebExchange exchange, EventStreams feeds, JobAccess access) {
		if (!feeds.hasIndex()) {
			return Mono.error(RefusedListException.noList("The store keeps no index of jobs; watch each by its id"));
		}
		return access.caller(exchange).flatMap((caller) -> of(caller, exchange.getRequest(), access));
	}

	private static Mono<ListOwner> of(Caller caller, ServerHttpRequest request, JobAccess access) {
		String named = QueryParameter.given("owner", request);
		String name = (named != null) ? named : caller.name();
		if (name == null) {
			return Mono.error(RefusedListException
				.noList("The request does not say who its caller is; watch each job by its id"));
		}
		ListOwner owner = new ListOwner(caller, name.equals(EVERYBODY) ? null : name, access);
		return access.mayList(caller, owner.name())
			.filter((permitted) -> permitted)
			.map((permitted) -> owner)
			.switchIfEmpty(Mono.error(() -> RefusedListException.noList("The caller may not list these jobs")));
	}

	/**
	 * Whether these are the jobs of all owners.
	 */
	boolean isEverybody() {
		return this.name == null;
	}

	/**
	 * Whether the caller sees a job in the list.
	 */
	Mono<Boolean> sees(JobInfo job) {
		boolean listed = this.name == null || this.name.equals(job.owner());
		return listed ? this.access.permits(this.caller, job, JobAccessPolicy.Action.WATCH) : Mono.just(false);
	}

}
