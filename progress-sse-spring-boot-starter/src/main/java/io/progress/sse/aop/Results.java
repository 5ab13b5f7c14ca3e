package io.progress.sse.aop;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.http.HttpEntity;
import org.springframework.http.ResponseEntity;
import org.springframework.util.ClassUtils;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * Ends calls according to the returned value: at once for a plain value, otherwise when
 * the work behind it ends.
 */
final class Results {

	private static final boolean MVC = ClassUtils.isPresent(
			"org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody",
			Results.class.getClassLoader());

	private Results() {
	}

	/**
	 * Ends a call, now or later. Reactive types are checked first, because a {@code Mono}
	 * may also be a {@code Callable}.
	 * @param type the declared return type
	 * @param result the returned value
	 * @return the value for the caller
	 */
	static @Nullable Object follow(TrackedCall call, Class<?> type, @Nullable Object result) {
		if (result instanceof CompletionStage<?> stage) {
			return StageResult.follow(stage, type, call);
		}
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(null, result);
		if (adapter != null && result != null) {
			return published(call, adapter, result);
		}
		if (result instanceof Callable<?> callable && type.isAssignableFrom(Callable.class)) {
			return later(call, callable);
		}
		if (result instanceof HttpEntity<?> entity) {
			return entity(call, entity);
		}
		if (MVC && Mvc.isBody(result, type)) {
			return Mvc.body(call, result);
		}
		UnfollowedResults.tell(call.method(), result);
		call.returned(result);
		return result;
	}

	/**
	 * The value of a {@code ResponseEntity} is its body.
	 */
	private static HttpEntity<?> entity(TrackedCall call, HttpEntity<?> entity) {
		Object body = follow(call, Object.class, entity.getBody());
		if (body == entity.getBody()) {
			return entity;
		}
		return (entity instanceof ResponseEntity<?> response)
				? new ResponseEntity<>(body, response.getHeaders(), response.getStatusCode())
				: new HttpEntity<>(body, entity.getHeaders());
	}

	private static Callable<?> later(TrackedCall call, Callable<?> callable) {
		AtomicBoolean taken = new AtomicBoolean();
		Callable<@Nullable Object> followed = () -> {
			taken.set(true);
			return follow(call, Object.class, work(call, callable));
		};
		call.endIfDropped(followed, taken);
		return followed;
	}

	/**
	 * Runs an action for a call that has begun.
	 */
	private static @Nullable Object work(TrackedCall call, Callable<?> work) throws Exception {
		try {
			return call.current(work);
		}
		catch (Throwable ex) {
			call.fail(ex);
			throw ex;
		}
	}

	private static Object published(TrackedCall call, ReactiveAdapter adapter, Object result) {
		AtomicBoolean taken = new AtomicBoolean();
		Publisher<Object> original = adapter.toPublisher(result);
		Publisher<?> followed = adapter.isMultiValue()
				? Flux.from(original)
					.doOnSubscribe((subscription) -> taken.set(true))
					.doOnComplete(() -> call.done(null))
					.doOnError(call::fail)
					.doOnCancel(call::cancelled)
					.contextWrite(call::addTo)
				: Mono.from(original)
					.doOnSubscribe((subscription) -> taken.set(true))
					.doOnSuccess(call::done)
					.doOnError(call::fail)
					.doOnCancel(call::cancelled)
					.contextWrite(call::addTo);
		Object given = adapter.fromPublisher(followed);
		call.endIfDropped(given, taken);
		return given;
	}

	/** Loaded only if Spring MVC is on the class path. */
	private static final class Mvc {

		static boolean isBody(@Nullable Object result, Class<?> type) {
			return result instanceof StreamingResponseBody && type.isAssignableFrom(StreamingResponseBody.class);
		}

		static StreamingResponseBody body(TrackedCall call, @Nullable Object result) {
			AtomicBoolean taken = new AtomicBoolean();
			StreamingResponseBody body = (StreamingResponseBody) Objects.requireNonNull(result);
			StreamingResponseBody followed = (out) -> {
				taken.set(true);
				try {
					work(call, () -> {
						body.writeTo(out);
						return null;
					});
				}
				catch (IOException | RuntimeException ex) {
					throw ex;
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
				call.done(null);
			};
			call.endIfDropped(followed, taken);
			return followed;
		}

	}

}
