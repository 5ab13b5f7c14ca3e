package io.progress.sse.support;

import org.jspecify.annotations.Nullable;

/**
 * Something of the application breaks a rule, so the application must not start, or a
 * builder must not build. Its parts are for the analysis of a failed start.
 */
public final class BrokenRuleException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String culprit;

	private final @Nullable String remedy;

	/**
	 * Creates an exception.
	 * @param culprit what breaks the rule, such as {@code 'progress.sse.retry'}
	 * @param rule the rule, as the rest of a sentence, such as
	 * {@code must be at least 1s}
	 * @param value what it is instead; {@code null} if it must not be told, or says
	 * nothing
	 * @param remedy what to do, as the beginning of a sentence; {@code null} if that
	 * follows from the rule
	 * @param cause why it breaks the rule, or {@code null}
	 */
	public BrokenRuleException(String culprit, String rule, @Nullable String value, @Nullable String remedy,
			@Nullable Throwable cause) {
		super(sentence(culprit, rule, value) + ((remedy != null) ? "; " + remedy : ""), cause);
		this.culprit = culprit;
		this.remedy = remedy;
	}

	/**
	 * Creates an exception without a value and a cause.
	 * @param culprit what breaks the rule
	 * @param rule the rule
	 * @param remedy what to do
	 */
	public BrokenRuleException(String culprit, String rule, String remedy) {
		this(culprit, rule, null, remedy, null);
	}

	private static String sentence(String culprit, String rule, @Nullable String value) {
		return culprit + " " + rule + ((value != null) ? ", but is " + value : "");
	}

	/**
	 * What breaks the rule.
	 * @return a name in quotes, perhaps with a word before it
	 */
	public String culprit() {
		return this.culprit;
	}

	/**
	 * What to do.
	 * @return the beginning of a sentence; {@code null} if it follows from the rule
	 */
	public @Nullable String remedy() {
		return this.remedy;
	}

	/**
	 * What is wrong.
	 * @return the message without the remedy
	 */
	public String problem() {
		String message = String.valueOf(getMessage());
		return (this.remedy != null) ? message.substring(0, message.length() - this.remedy.length() - 2) : message;
	}

}
