package io.progress.sse.web;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpOutputMessage;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.server.ServerResponse;

import io.progress.sse.DuplicateJobException;
import io.progress.sse.JobCancelledException;
import io.progress.sse.TooManyJobsException;
import io.progress.sse.event.JobId;
import io.progress.sse.stream.frame.PlainJson;

/**
 * A problem detail as in RFC 9457. Built by hand: a client that accepts event streams
 * only would get none from content negotiation.
 */
public final class Problem {

	/**
	 * That a log-in is wanted, in a word that no browser opens a dialog for (RFC 9110,
	 * section 11.6.1 asks for one). How to log in is the application's to know.
	 */
	private static final String CHALLENGE = "Session";

	private final Kind kind;

	private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

	private final HttpHeaders headers = new HttpHeaders();

	private Problem(Kind kind, String detail) {
		this.kind = kind;
		this.members.put("type", "urn:problem-type:progress-sse:" + kind.name);
		this.members.put("title", kind.title);
		this.members.put("status", kind.status.value());
		this.members.put("detail", detail);
		this.headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		this.headers.setCacheControl(CacheControl.noStore());
	}

	static Problem of(Kind kind, String detail) {
		return new Problem(kind, detail);
	}

	static Problem unknownJob() {
		return of(Kind.UNKNOWN_JOB, "There is no such job");
	}

	/**
	 * A client comes back to a job that is not there any more.
	 * @return the problem
	 */
	public static Problem forgottenJob() {
		return of(Kind.STALE_CURSOR, "There is no such job any more; begin anew without an id");
	}

	static Problem malformedChoice() {
		return of(Kind.MALFORMED_JOB_ID, "A job id that a client chooses is " + JobId.MIN_CLIENT_LENGTH + " to "
				+ JobId.MAX_LENGTH + " characters of A-Z, a-z, 0-9, _ and -");
	}

	static Problem malformedWebhook(String detail) {
		return of(Kind.MALFORMED_WEBHOOK, detail);
	}

	private static Problem duplicateJob() {
		return of(Kind.DUPLICATE_JOB, "There is a job of this id already; use another id");
	}

	/**
	 * Why a request could not start a job, if that is why it failed.
	 * @param ex what the request failed with; the reason may be deeper inside
	 * @return the problem; {@code null} if it failed for another reason
	 */
	public static @Nullable Problem ofRefusal(Throwable ex) {
		for (Throwable each = ex; each != null; each = each.getCause()) {
			if (each instanceof DuplicateJobException) {
				return duplicateJob();
			}
			if (each instanceof TooManyJobsException) {
				return of(Kind.TOO_MANY_JOBS, "There are too many jobs already; try again later")
					.header(HttpHeaders.RETRY_AFTER, "5");
			}
			if (each instanceof JobCancelledException) {
				return of(Kind.JOB_CANCELLED, "The job was cancelled before there was an answer");
			}
			if (each instanceof RefusedSubmissionException refused) {
				return refused.problem();
			}
		}
		return null;
	}

	/**
	 * The client has not said who it is.
	 * @return the problem
	 */
	public static Problem notSignedIn() {
		return unauthorized("Sign in first");
	}

	static Problem badTicket() {
		return unauthorized("The ticket is not good, or not any more; get another");
	}

	private static Problem unauthorized(String detail) {
		return of(Kind.NOT_SIGNED_IN, detail).header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
	}

	/**
	 * The request does not support asynchronous processing, so nothing can be streamed.
	 * @return the problem
	 */
	public static Problem noAsyncSupport() {
		return of(Kind.NO_ASYNC_SUPPORT,
				"The server is set up so that nothing can be streamed here; ask for the status");
	}

	/**
	 * The store of progress is out of reach; the client may try again.
	 * @return the problem
	 */
	public static Problem storeUnavailable() {
		return of(Kind.STORE_UNAVAILABLE, "The store of progress is out of reach; try again")
			.header(HttpHeaders.RETRY_AFTER, "2");
	}

	/**
	 * Why a valid request failed.
	 * @param ex what it failed with
	 */
	static Problem ofFailure(Throwable ex) {
		if (ex instanceof JobAccess.BadTicketException) {
			return badTicket();
		}
		return (ex instanceof JobAccess.UnresolvedCallerException)
				? of(Kind.UNRESOLVED_CALLER, "Who sends this request cannot be found out") : storeUnavailable();
	}

	boolean isTemporary() {
		return this.kind == Kind.STORE_UNAVAILABLE;
	}

	Problem with(String member, Object value) {
		this.members.put(member, value);
		return this;
	}

	Problem header(String name, String value) {
		this.headers.set(name, value);
		return this;
	}

	String detail() {
		return String.valueOf(this.members.get("detail"));
	}

	/**
	 * The HTTP status.
	 * @return the code
	 */
	public int status() {
		return this.kind.status.value();
	}

	/**
	 * The headers to send.
	 * @return the headers
	 */
	public HttpHeaders headers() {
		return HttpHeaders.readOnlyHttpHeaders(this.headers);
	}

	/**
	 * The body to send.
	 * @return JSON in UTF-8
	 */
	public byte[] json() {
		return PlainJson.bytes(this.members);
	}

	/**
	 * The problem as the response of a functional endpoint.
	 * @return the response
	 */
	public Mono<ServerResponse> toResponse() {
		return ServerResponse.status(this.kind.status)
			.headers((headers) -> headers.putAll(this.headers))
			.body((out, context) -> out.writeWith(body(out)));
	}

	/**
	 * Sends it.
	 * @param response where to
	 * @return completes when it is sent
	 */
	public Mono<Void> write(ServerHttpResponse response) {
		response.setStatusCode(this.kind.status);
		response.getHeaders().putAll(this.headers);
		return response.writeWith(body(response));
	}

	private Mono<DataBuffer> body(ReactiveHttpOutputMessage out) {
		return Mono.fromSupplier(() -> out.bufferFactory().wrap(json()));
	}

	/**
	 * The kinds of problems. Clients rely on the name and the status; they never change.
	 */
	enum Kind {

		MALFORMED_JOB_ID("malformed-job-id", "Malformed job id", HttpStatus.BAD_REQUEST),

		MALFORMED_WEBHOOK("malformed-webhook", "Malformed webhook URL", HttpStatus.BAD_REQUEST),

		JOB_CANCELLED("job-cancelled", "Job cancelled", HttpStatus.CONFLICT),

		UNKNOWN_JOB("unknown-job", "Unknown job", HttpStatus.NOT_FOUND),

		NOT_SIGNED_IN("not-signed-in", "Not signed in", HttpStatus.UNAUTHORIZED),

		UNRESOLVED_CALLER("unresolved-caller", "Caller is not known", HttpStatus.INTERNAL_SERVER_ERROR),

		TOO_MANY_TICKETS("too-many-tickets", "Too many tickets", HttpStatus.TOO_MANY_REQUESTS),

		METHOD_NOT_ALLOWED("method-not-allowed", "Method not allowed", HttpStatus.METHOD_NOT_ALLOWED),

		MALFORMED_REQUEST("malformed-request", "Malformed request", HttpStatus.BAD_REQUEST),

		FOREIGN_ORIGIN("foreign-origin", "Origin is not allowed", HttpStatus.FORBIDDEN),

		JOB_ENDED("job-ended", "Job has ended", HttpStatus.CONFLICT),

		JOB_ELSEWHERE("job-elsewhere", "Job runs on another node", HttpStatus.CONFLICT),

		NOT_ACCEPTABLE("not-acceptable", "Not acceptable", HttpStatus.NOT_ACCEPTABLE),

		DUPLICATE_JOB("duplicate-job", "Job id is taken", HttpStatus.CONFLICT),

		TOO_MANY_JOBS("too-many-jobs", "Too many jobs", HttpStatus.SERVICE_UNAVAILABLE),

		STALE_CURSOR("stale-cursor", "Cursor is not good any more", HttpStatus.GONE),

		TOO_MANY_STREAMS("too-many-streams", "Too many streams", HttpStatus.TOO_MANY_REQUESTS),

		OVERLOADED("overloaded", "Too many streams", HttpStatus.SERVICE_UNAVAILABLE),

		NO_ASYNC_SUPPORT("no-async-support", "Streams are not possible", HttpStatus.INTERNAL_SERVER_ERROR),

		STORE_UNAVAILABLE("store-unavailable", "Progress is not available", HttpStatus.SERVICE_UNAVAILABLE);

		private final String name;

		private final String title;

		private final HttpStatus status;

		Kind(String name, String title, HttpStatus status) {
			this.name = name;
			this.title = title;
			this.status = status;
		}

	}

}
