package io.progress.sse.web.access;

import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The sender of a request, and for how long that is known. A ticket that is taken on
 * another node than it was given out on stands for the caller's name, authorities and
 * expiry: everything else stays on the node.
 *
 * @param principal who it is; {@code null} if nobody knows
 * @param gone whether what proved it is good no longer, such as a session or a token.
 * Asked again and again while a stream is open, on a thread that must not wait
 * @param expiresAt when what proved it expires by itself; {@code null} if that is not
 * known
 * @param authorities names of what the caller may do, in the words of the application's
 * security; may be empty
 */
public record Caller(@Nullable Principal principal, BooleanSupplier gone, @Nullable Instant expiresAt,
		List<String> authorities) {

	/** A caller who is known by name. */
	public static final Caller UNKNOWN = new Caller(null, () -> false);

	/**
	 * A caller of whom no more is known.
	 * @param principal who it is; {@code null} if nobody knows
	 * @param gone whether what proved it is good no longer
	 */
	public Caller(@Nullable Principal principal, BooleanSupplier gone) {
		this(principal, gone, null, List.of());
	}

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
		return new Caller(this.principal, () -> this.gone.getAsBoolean() || gone.getAsBoolean(), this.expiresAt,
				this.authorities);
	}

	/**
	 * The same caller, known for no longer than until a moment.
	 * @param expiry the moment
	 * @param clock tells when it has come
	 * @return a changed copy
	 */
	public Caller until(Instant expiry, Clock clock) {
		Caller limited = until(() -> !clock.instant().isBefore(expiry));
		Instant earlier = (this.expiresAt != null && this.expiresAt.isBefore(expiry)) ? this.expiresAt : expiry;
		return new Caller(limited.principal, limited.gone, earlier, limited.authorities);
	}

	/**
	 * The same caller with these authorities.
	 * @param authorities names of what the caller may do
	 * @return a changed copy
	 */
	public Caller withAuthorities(List<String> authorities) {
		return new Caller(this.principal, this.gone, this.expiresAt, authorities);
	}

}
