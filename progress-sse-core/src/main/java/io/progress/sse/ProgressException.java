package io.progress.sse;

import org.jspecify.annotations.Nullable;

/**
 * Fails a job with a message that viewers may read. For every other exception they see a
 * fixed text only.
 */
public class ProgressException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String code;

	/**
	 * Creates the exception.
	 * @param code a stable name for programs, such as {@code unsupported-format}
	 * @param publicMessage a sentence for people; goes to browsers as it is
	 */
	public ProgressException(String code, String publicMessage) {
		this(code, publicMessage, null);
	}

	/**
	 * Creates the exception.
	 * @param code a stable name for programs, such as {@code unsupported-format}
	 * @param publicMessage a sentence for people; goes to browsers as it is
	 * @param cause for the log only
	 */
	public ProgressException(String code, String publicMessage, @Nullable Throwable cause) {
		super(publicMessage, cause);
		this.code = code;
	}

	/**
	 * A stable name for programs.
	 * @return the code
	 */
	public String code() {
		return this.code;
	}

}
