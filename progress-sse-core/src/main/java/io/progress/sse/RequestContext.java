package io.progress.sse;

import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import io.progress.sse.event.JobId;

/**
 * The part of a request that concerns the job it starts: requested id, owner, webhook.
 * Web layers make one per request, keep it {@linkplain #activate() current} while
 * application code runs, and put it into the Reactor context under
 * {@code RequestContext.class}; the tracker asks it.
 */
public final class RequestContext {

	private static final ThreadLocal<RequestContext> CURRENT = new ThreadLocal<>();

	private final Once<JobId> requestedId;

	private final Once<URI> webhook;

	private final @Nullable String owner;

	private final Consumer<JobHandle> onAdmitted;

	private final ContextView context;

	/**
	 * Creates a request.
	 * @param requestedId the id that the client wants; {@code null} for any
	 * @param owner name of the caller's principal; {@code null} if there is none
	 * @param onAdmitted gets each job that the request starts, before the job begins, or
	 * joins; on the thread that does it or, where the store's answer was waited for
	 * without blocking, on a non-blocking one. What it throws is logged
	 */
	public RequestContext(@Nullable JobId requestedId, @Nullable String owner, Consumer<JobHandle> onAdmitted) {
		this(() -> requestedId, owner, () -> null, onAdmitted);
	}

	/**
	 * Creates a request whose id and webhook are read only when it starts a job. An
	 * exception of a supplier is thrown to the code that starts the job, and no job is
	 * started.
	 * @param requestedId gives the id that the client wants; {@code null} if it wants
	 * none in particular
	 * @param owner name of the caller's principal; {@code null} if there is none
	 * @param webhook gives the URL that is told of the end of the first job, checked;
	 * {@code null} for none
	 * @param onAdmitted as above
	 */
	public RequestContext(Supplier<? extends @Nullable JobId> requestedId, @Nullable String owner,
			Supplier<? extends @Nullable URI> webhook, Consumer<JobHandle> onAdmitted) {
		this(new Once<>(requestedId), owner, new Once<>(webhook), onAdmitted, Context.empty());
	}

	private RequestContext(Once<JobId> requestedId, @Nullable String owner, Once<URI> webhook,
			Consumer<JobHandle> onAdmitted, ContextView context) {
		this.requestedId = requestedId;
		this.webhook = webhook;
		this.owner = (owner != null && !owner.isBlank()) ? owner : null;
		this.onAdmitted = onAdmitted;
		this.context = context;
	}

	/**
	 * Returns the same request with the Reactor context in which it is served.
	 * @param context the context
	 * @return a request that shares the id and the webhook with this one
	 */
	public RequestContext within(ContextView context) {
		return new RequestContext(this.requestedId, this.owner, this.webhook, this.onAdmitted, context);
	}

	/**
	 * The Reactor context in which it is served.
	 * @return the context; empty if it is not served by reactive code
	 */
	public ContextView context() {
		return this.context;
	}

	/**
	 * The request that this thread serves.
	 * @return the request; {@code null} if it serves none
	 */
	public static @Nullable RequestContext current() {
		return CURRENT.get();
	}

	/**
	 * Makes this the current request of this thread.
	 * @return restores what was current before; close it on the same thread
	 */
	public Scope activate() {
		RequestContext before = CURRENT.get();
		CURRENT.set(this);
		return () -> restore(before);
	}

	/**
	 * Name of the caller's principal.
	 * @return the name; {@code null} if there is none
	 */
	public @Nullable String owner() {
		return this.owner;
	}

	/**
	 * Takes the id that the client wants: only the first job of the request gets it.
	 * @return the id, once; then {@code null}
	 */
	public @Nullable JobId takeId() {
		return this.requestedId.take();
	}

	/**
	 * Takes the URL that is told of the end: only the first job of the request gets it.
	 * @return the URL, once; then {@code null}
	 */
	public @Nullable URI takeWebhook() {
		return this.webhook.take();
	}

	public void admitted(JobHandle job) {
		this.onAdmitted.accept(job);
	}

	static void restore(@Nullable RequestContext before) {
		if (before == null) {
			CURRENT.remove();
		}
		else {
			CURRENT.set(before);
		}
	}

	/** A value that only the first caller gets. */
	private static final class Once<T> {

		private final Supplier<? extends @Nullable T> source;

		private final AtomicBoolean taken = new AtomicBoolean();

		Once(Supplier<? extends @Nullable T> source) {
			this.source = source;
		}

		@Nullable T take() {
			if (this.taken.get()) {
				return null;
			}
			T value = this.source.get();
			return this.taken.compareAndSet(false, true) ? value : null;
		}

	}

}
