package io.progress.sse.web.ticket;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.progress.sse.support.SettingRule;

/**
 * Tickets for clients that can send neither a cookie nor a header with a stream.
 *
 * @param ttl Time that a ticket is good.
 * @param max Tickets of one node that may be out at the same time.
 * @param maxPerOwner Tickets of one node that may be out at the same time to one caller.
 */
@ConfigurationProperties("progress.sse.tickets")
record ProgressTicketProperties(@DefaultValue("30s") Duration ttl, @DefaultValue("10000") int max,
		@DefaultValue("100") int maxPerOwner) {

	ProgressTicketProperties {
		SettingRule.isBetween("progress.sse.tickets.ttl", ttl, Duration.ofSeconds(1));
		SettingRule.isTrue("progress.sse.tickets.ttl", ttl.compareTo(Duration.ofMinutes(5)) <= 0,
				"must be at most 5m, since tickets are sent in URLs", ttl);
		SettingRule.atLeast("progress.sse.tickets.max", max, 1);
		SettingRule.atLeast("progress.sse.tickets.max-per-owner", maxPerOwner, 1);
	}

	StreamTickets.Settings toSettings() {
		return new StreamTickets.Settings(this.ttl, this.max, this.maxPerOwner);
	}

}
