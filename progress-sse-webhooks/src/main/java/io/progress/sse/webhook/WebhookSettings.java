package io.progress.sse.webhook;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationStyle;

import io.progress.sse.support.BrokenRuleException;
import io.progress.sse.support.SettingRule;
import io.progress.sse.web.HeaderRule;

/**
 * Properties of webhooks.
 *
 * @param enabled Whether the ends of jobs are posted to URLs.
 * @param url URL for jobs that name none and have no parent.
 * @param secrets Comma-separated list of secrets that messages are signed with, each
 * "whsec_" and 24 to 64 bytes in Base64. With several, messages have a signature for
 * each, so that secrets can be changed without a gap.
 * @param header Request header by which a client may name a URL for the first job of its
 * request; none by default.
 * @param schedule Comma-separated list of pauses between attempts. After the last attempt
 * a delivery is given up.
 * @param timeout Longest duration of an attempt.
 * @param concurrency Number of attempts that one node makes at the same time.
 * @param maxPending Number of deliveries that may wait, including those of running jobs.
 * Further ends are not posted.
 * @param retention Time for which Redis keeps deliveries while no node runs.
 */
@ConfigurationProperties("progress.sse.webhooks")
public record WebhookSettings(@DefaultValue("true") boolean enabled, @Nullable URI url,
		@DefaultValue List<String> secrets, @Nullable String header, @DefaultValue( {
				"5s", "5m", "30m", "2h", "5h", "10h" }) List<Duration> schedule,
		@DefaultValue("15s") Duration timeout, @DefaultValue("16") int concurrency,
		@DefaultValue("10000") int maxPending, @DefaultValue("7d") Duration retention){

	static final String PREFIX = "progress.sse.webhooks.";

	private static final String ENABLED_ONLY = "must not be set unless '" + PREFIX + "enabled' is true";

	/**
	 * Checks and copies.
	 * @throws IllegalArgumentException if a value is out of its range
	 */
	public WebhookSettings {
		secrets = List.copyOf(secrets);
		schedule = List.copyOf(schedule);
		if (header != null) {
			SettingRule.isTrue(PREFIX + "header", enabled, ENABLED_ONLY, header);
			HeaderRule.isFree(PREFIX + "header", header);
		}
		schedule.forEach((pause) -> SettingRule.isBetween(PREFIX + "schedule", pause, Duration.ofSeconds(1)));
		SettingRule.isBetween(PREFIX + "timeout", timeout, Duration.ofMillis(100));
		SettingRule.isTrue(PREFIX + "timeout", timeout.compareTo(Duration.ofMinutes(1)) <= 0, "must be at most 1m",
				DurationStyle.SIMPLE.print(timeout));
		SettingRule.isBetween(PREFIX + "concurrency", concurrency, 1, 1_000);
		SettingRule.atLeast(PREFIX + "max-pending", maxPending, 1);
		SettingRule.isBetween(PREFIX + "retention", retention, Duration.ofMinutes(10), SettingRule.LONGEST_KEPT);
		// Does not say what is wrong, to keep secrets out of logs.
		if (enabled && (secrets.isEmpty() || !secrets.stream().allMatch(WebhookSigner::isSecret))) {
			throw new BrokenRuleException("'" + PREFIX + "secrets'",
					"must be one or more of 'whsec_' and 24 to 64 random bytes in Base64, but is not", null,
					"make one with: echo whsec_$(openssl rand -base64 32)", null);
		}
		if (url != null) {
			// The rest of a URL may be a secret of its receiver.
			SettingRule.isTrue(PREFIX + "url", enabled, ENABLED_ONLY, url.getScheme() + "://" + url.getHost());
		}
	}

	/**
	 * Refuses a schedule that is longer than the results of jobs are kept.
	 */
	void checkSchedule(Duration resultRetention) {
		// Pauses are up to a tenth longer.
		Duration longest = this.schedule.stream().reduce(Duration.ZERO, Duration::plus).multipliedBy(11).dividedBy(10);
		SettingRule.isTrue(PREFIX + "schedule", longest.compareTo(resultRetention) <= 0,
				"must be over within 'progress.sse.retention.result' (" + resultRetention + ")", longest);
	}

	/** Omits the secrets. */
	@Override
	public String toString() {
		return "WebhookSettings[enabled=" + this.enabled + "]";
	}

}
