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
 * A problem detail as in RFC 9457. It is written without Spring's content negotiation,
 * which would send none to a client that accepts event streams only.
 */
public final class Problem {

	/**
	 * The challenge that RFC 9110, section 11.6.1 demands with status 401. Browsers open
	 * no dialog for this scheme; the application knows how to log in.
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
	 * The client wants to resume a job that no longer exists.
	 * @return the problem
	 */
	public static Problem forgottenJob() {
		return of(Kind.STALE_CURSOR, "The job no longer exists; begin again without an event id");
	}

	static Problem malformedChoice() {
		return of(Kind.MALFORMED_JOB_ID, "A job id that a client chooses is " + JobId.MIN_CLIENT_LENGTH + " to "
				+ JobId.MAX_LENGTH + " characters of A-Z, a-z, 0-9, _ and -");
	}

	static Problem malformedWebhook(String detail) {
		return of(Kind.MALFORMED_WEBHOOK, detail);
	}

	private static Problem duplicateJob() {
		return of(Kind.DUPLICATE_JOB, "This job id is taken; use another id");
	}

	/**
	 * Returns the problem for a request that could not start a job.
	 * @param ex the failure of the request, or an exception that has it as a cause
	 * @return the problem; {@code null} if it failed for another reason
	 */
	public static @Nullable Problem ofRefusal(Throwable ex) {
		for (Throwable each = ex; each != null; each = each.getCause()) {
			if (each instanceof DuplicateJobException) {
				return duplicateJob();
			}
			if (each instanceof TooManyJobsException) {
				return of(Kind.TOO_MANY_JOBS, "There are too many jobs; try again later")
					.header(HttpHeaders.RETRY_AFTER, "5");
			}
			if (each instanceof JobCancelledException) {
				return of(Kind.JOB_CANCELLED, "The job was cancelled before the response was ready");
			}
			if (each instanceof RefusedSubmissionException refused) {
				return refused.problem();
			}
		}
		return null;
	}

	/**
	 * The caller is not authenticated.
	 * @return the problem
	 */
	public static Problem notSignedIn() {
		return unauthorized("Sign in first");
	}

	static Problem badTicket() {
		return unauthorized("The ticket is invalid or expired; request a new one");
	}

	private static Problem unauthorized(String detail) {
		return of(Kind.NOT_SIGNED_IN, detail).header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
	}

	/**
	 * The request does not support asynchronous processing, so streaming is impossible.
	 * @return the problem
	 */
	public static Problem noAsyncSupport() {
		return of(Kind.NO_ASYNC_SUPPORT, "This server is configured without streaming; poll the status instead");
	}

	/**
	 * The store is unreachable; the client may try again.
	 * @return the problem
	 */
	public static Problem storeUnavailable() {
		return of(Kind.STORE_UNAVAILABLE, "The progress store is unreachable; try again")
			.header(HttpHeaders.RETRY_AFTER, "2");
	}

	/**
	 * Returns the problem for a valid request that failed.
	 * @param ex its failure
	 */
	public static Problem ofFailure(Throwable ex) {
		if (ex instanceof JobAccess.BadTicketException) {
			return badTicket();
		}
		if (ex instanceof RefusedListException refused) {
			return refused.problem();
		}
		return (ex instanceof JobAccess.UnresolvedCallerException)
				? of(Kind.UNRESOLVED_CALLER, "The caller of this request cannot be identified") : storeUnavailable();
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
	 * Returns the HTTP status.
	 * @return the code
	 */
	public int status() {
		return this.kind.status.value();
	}

	/**
	 * Returns the headers to send.
	 * @return the headers
	 */
	public HttpHeaders headers() {
		return HttpHeaders.readOnlyHttpHeaders(this.headers);
	}

	/**
	 * Returns the body to send.
	 * @return JSON in UTF-8
	 */
	public byte[] json() {
		return PlainJson.bytes(this.members);
	}

	/**
	 * Returns the problem as the response of a functional endpoint.
	 * @return the response
	 */
	public Mono<ServerResponse> toResponse() {
		return ServerResponse.status(this.kind.status)
			.headers((headers) -> headers.putAll(this.headers))
			.body((out, context) -> out.writeWith(body(out)));
	}

	/**
	 * Sends the problem.
	 * @param response the response
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
	 * The kinds of problems. Clients rely on name and status, so these never change.
	 */
	enum Kind {

		MALFORMED_JOB_ID("malformed-job-id", "Malformed job id", HttpStatus.BAD_REQUEST),

		MALFORMED_WEBHOOK("malformed-webhook", "Malformed webhook URL", HttpStatus.BAD_REQUEST),

		JOB_CANCELLED("job-cancelled", "Job cancelled", HttpStatus.CONFLICT),

		UNKNOWN_JOB("unknown-job", "Unknown job", HttpStatus.NOT_FOUND),

		NO_JOB_LIST("no-job-list", "No list of jobs", HttpStatus.NOT_FOUND),

		NOT_SIGNED_IN("not-signed-in", "Not signed in", HttpStatus.UNAUTHORIZED),

		UNRESOLVED_CALLER("unresolved-caller", "Caller is not known", HttpStatus.INTERNAL_SERVER_ERROR),

		TOO_MANY_TICKETS("too-many-tickets", "Too many tickets", HttpStatus.TOO_MANY_REQUESTS),

		METHOD_NOT_ALLOWED("method-not-allowed", "Method not allowed", HttpStatus.METHOD_NOT_ALLOWED),

		MALFORMED_REQUEST("malformed-request", "Malformed request", HttpStatus.BAD_REQUEST),

		FOREIGN_ORIGIN("foreign-origin", "Origin is not allowed", HttpStatus.FORBIDDEN),

		JOB_ENDED("job-ended", "Job has ended", HttpStatus.CONFLICT),

		JOB_RUNNING("job-running", "Job is running", HttpStatus.CONFLICT),

		NO_RETRY("no-retry", "Jobs do not run again", HttpStatus.NOT_FOUND),

		NOT_REPEATABLE("not-repeatable", "Job does not run again", HttpStatus.CONFLICT),

		RETRY_FAILED("retry-failed", "Job could not be started", HttpStatus.INTERNAL_SERVER_ERROR),

		JOB_ELSEWHERE("job-elsewhere", "Job runs on another node", HttpStatus.CONFLICT),

		NOT_ACCEPTABLE("not-acceptable", "Not acceptable", HttpStatus.NOT_ACCEPTABLE),

		DUPLICATE_JOB("duplicate-job", "Job id is taken", HttpStatus.CONFLICT),

		TOO_MANY_JOBS("too-many-jobs", "Too many jobs", HttpStatus.SERVICE_UNAVAILABLE),

		STALE_CURSOR("stale-cursor", "Cursor is no longer valid", HttpStatus.GONE),

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
