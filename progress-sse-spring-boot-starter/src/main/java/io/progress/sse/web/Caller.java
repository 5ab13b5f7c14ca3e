package io.progress.sse.web;

import java.security.Principal;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Who sends a request, and for how long that is known.
 *
 * @param principal who it is; {@code null} if nobody knows
 * @param gone whether what proved it is good no longer, such as a session or a token.
 * Asked again and again while a stream is open, on a thread that must not wait
 */
public record Caller(@Nullable Principal principal, BooleanSupplier gone) {

	/** Somebody. */
	public static final Caller UNKNOWN = new Caller(null, () -> false);

	/**
	 * The caller's name.
	 * @return the name; {@code null} if nobody knows it
	 */
	public @Nullable String name() {
		return (this.principal != null) ? this.principal.getName() : null;
	}

	/**
	 * The same caller, known for no longer than something else lasts too.
	 * @param gone whether that is over
	 * @return a changed copy
	 */
	public Caller until(BooleanSupplier gone) {
		return new Caller(this.principal, () -> this.gone.getAsBoolean() || gone.getAsBoolean());
	}

}
