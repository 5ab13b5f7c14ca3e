package io.progress.sse.dashboard;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import io.progress.sse.web.AddedPages;
import io.progress.sse.web.JobAccess;
import io.progress.sse.web.Problem;
import io.progress.sse.web.WebSettings;

/**
 * Serves the dashboard to callers who may list the jobs of all owners. Others get status
 * 404.
 */
final class DashboardPages {

	/** Forbids inline code, {@code eval}, resources of other servers, and frames. */
	static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
			+ "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

	private static final String GET_ONLY = HttpMethod.GET + ", " + HttpMethod.HEAD;

	private final JobAccess access;

	private final List<String> paths = new ArrayList<>();

	private final RouterFunctions.Builder routes = RouterFunctions.route();

	private DashboardPages(JobAccess access) {
		this.access = access;
	}

	/**
	 * Returns the pages.
	 * @param access decides who may see them
	 * @param settings the settings, which have the path and the limits
	 */
	static AddedPages of(JobAccess access, WebSettings settings) {
		DashboardPages pages = new DashboardPages(access);
		String root = settings.path() + "/dashboard";
		pages.add(root, file(DashboardFile.page(settings.cancel().enabled(), settings.list().maxLimit())));
		pages.add(root + "/", (request) -> ServerResponse.permanentRedirect(URI.create("../dashboard")).build());
		DashboardFile.NAMES.forEach((name) -> pages.add(root + "/" + name, file(DashboardFile.of(name))));
		return new AddedPages(List.copyOf(pages.paths), pages.routes.build());
	}

	private void add(String path, HandlerFunction<ServerResponse> handler) {
		this.paths.add(path);
		this.routes.add(RouterFunctions.route(RequestPredicates.path(path), (request) -> answer(request, handler)));
	}

	private Mono<ServerResponse> answer(ServerRequest request, HandlerFunction<ServerResponse> handler) {
		return this.access.caller(request.exchange())
			.filterWhen((caller) -> this.access.mayList(caller, null))
			.flatMap((caller) -> isRead(request) ? handler.handle(request)
					: ServerResponse.status(HttpStatus.METHOD_NOT_ALLOWED).header(HttpHeaders.ALLOW, GET_ONLY).build())
			.switchIfEmpty(Mono.defer(() -> ServerResponse.notFound().cacheControl(CacheControl.noStore()).build()))
			.onErrorResume((ex) -> Problem.ofFailure(ex).toResponse());
	}

	private static boolean isRead(ServerRequest request) {
		return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
	}

	/**
	 * Serves a file. A cache may keep it for this caller only, and must ask each time
	 * whether it has changed and whether the caller may still see it.
	 */
	private static HandlerFunction<ServerResponse> file(DashboardFile file) {
		return (request) -> {
			boolean known = request.headers().header(HttpHeaders.IF_NONE_MATCH).contains(file.tag());
			ServerResponse.BodyBuilder response = ServerResponse.status(known ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
				.eTag(file.tag())
				.cacheControl(CacheControl.noCache().cachePrivate())
				.headers(DashboardPages::protect);
			if (known) {
				return response.build();
			}
			return response.contentType(file.type())
				.body((out, context) -> out
					.writeWith(Mono.fromSupplier(() -> out.bufferFactory().wrap(file.content()))));
		};
	}

	private static void protect(HttpHeaders headers) {
		headers.set("Content-Security-Policy", POLICY);
		headers.set("Cross-Origin-Resource-Policy", "same-origin");
		headers.set("Referrer-Policy", "no-referrer");
		headers.set("X-Content-Type-Options", "nosniff");
	}

}
