package io.progress.sse.web.access;

import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The sender of a request, and how long this identity is valid. A ticket that is used on
 * another node than the one that issued it represents only the caller's name, authorities
 * and expiry; everything else stays on the issuing node.
 *
 * @param principal the principal; {@code null} if it is not known
 * @param gone whether the proof of identity, such as a session or a token, is no longer
 * valid. Called again and again while a stream is open, on a thread that must not block
 * @param expiresAt when the proof of identity expires; {@code null} if no expiry is known
 * @param authorities names of the caller's authorities in the application's security; may
 * be empty
 */
public record Caller(@Nullable Principal principal, BooleanSupplier gone, @Nullable Instant expiresAt,
		List<String> authorities) {

	/** Creates a caller. */
	public static final Caller UNKNOWN = new Caller(null, () -> false);

	/**
	 * Creates a caller without expiry and authorities.
	 * @param principal the principal; {@code null} if it is not known
	 * @param gone whether the proof of identity is no longer valid
	 */
	public Caller(@Nullable Principal principal, BooleanSupplier gone) {
		this(principal, gone, null, List.of());
	}

	/**
	 * Returns the caller's name.
	 * @return the name; {@code null} if it is not known
	 */
	public @Nullable String name() {
		return (this.principal != null) ? this.principal.getName() : null;
	}

	/**
	 * Returns the same caller with an additional end of validity.
	 * @param gone whether that end has come
	 * @return a changed copy
	 */
	public Caller until(BooleanSupplier gone) {
		return new Caller(this.principal, () -> this.gone.getAsBoolean() || gone.getAsBoolean(), this.expiresAt,
				this.authorities);
	}

	/**
	 * Returns the same caller, valid at most until a time.
	 * @param expiry the time
	 * @param clock decides whether it has come
	 * @return a changed copy
	 */
	public Caller until(Instant expiry, Clock clock) {
		Caller limited = until(() -> !clock.instant().isBefore(expiry));
		Instant earlier = (this.expiresAt != null && this.expiresAt.isBefore(expiry)) ? this.expiresAt : expiry;
		return new Caller(limited.principal, limited.gone, earlier, limited.authorities);
	}

	/**
	 * Returns the same caller with these authorities.
	 * @param authorities names of authorities
	 * @return a changed copy
	 */
	public Caller withAuthorities(List<String> authorities) {
		return new Caller(this.principal, this.gone, this.expiresAt, authorities);
	}

}
