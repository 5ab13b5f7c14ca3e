package io.progress.sse.webhook;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.progress.sse.support.SettingRule;

/**
 * Settings of the notifier.
 *
 * @param secrets keys that messages are signed with, each {@code whsec_} and 24 to 64
 * bytes in Base64
 * @param url URL for jobs that name none; {@code null} for none
 * @param targets the URLs that are allowed
 * @param schedule pauses between attempts; when they are used up, the delivery is given
 * up
 * @param timeout longest time of an attempt
 * @param concurrency attempts at one time
 */
public record WebhookSettings(List<String> secrets, @Nullable URI url, WebhookTargets targets, List<Duration> schedule,
		Duration timeout, int concurrency) {

	/**
	 * Checks and copies.
	 * @throws IllegalArgumentException if a setting is out of its range
	 */
	public WebhookSettings {
		secrets = List.copyOf(secrets);
		schedule = List.copyOf(schedule);
		if (secrets.isEmpty() || !areSecrets(secrets)) {
			throw new IllegalArgumentException(
					"'secrets' must be one or more of 'whsec_' and 24 to 64 bytes in Base64");
		}
		SettingRule.isAtLeast("concurrency", concurrency, 1);
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("'timeout' must be positive, but is " + timeout);
		}
		url = (url != null) ? targets.check("url", url) : null;
	}

	/**
	 * Whether texts are secrets. Does not say what is wrong, to keep them out of logs.
	 * @param secrets the texts
	 * @return {@code false} if one is not
	 */
	public static boolean areSecrets(List<String> secrets) {
		return secrets.stream().allMatch(WebhookSigner::isSecret);
	}

	/** Without the secrets. */
	@Override
	public String toString() {
		return "WebhookSettings[schedule=" + this.schedule + ", timeout=" + this.timeout + "]";
	}

}
