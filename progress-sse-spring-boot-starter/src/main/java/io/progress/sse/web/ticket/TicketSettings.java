package io.progress.sse.web.ticket;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.progress.sse.support.SettingRule;
import io.progress.sse.ticket.TicketStore;

/**
 * Tickets for clients that can send neither a cookie nor a header with a stream.
 *
 * @param ttl Time for which a ticket is valid.
 * @param max Limit of the unused tickets that one node has issued.
 * @param maxPerOwner Limit of the unused tickets that one node has issued to one caller.
 */
@ConfigurationProperties("progress.sse.tickets")
public record TicketSettings(@DefaultValue("30s") Duration ttl, @DefaultValue("10000") int max,
		@DefaultValue("100") int maxPerOwner) {

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public TicketSettings {
		SettingRule.isBetween("progress.sse.tickets.ttl", ttl, Duration.ofSeconds(1));
		SettingRule.isTrue("progress.sse.tickets.ttl", ttl.compareTo(TicketStore.MAX_TTL) <= 0,
				"must be at most " + TicketStore.MAX_TTL.toMinutes() + "m, because tickets are sent in URLs", ttl);
		SettingRule.atLeast("progress.sse.tickets.max", max, 1);
		SettingRule.atLeast("progress.sse.tickets.max-per-owner", maxPerOwner, 1);
	}

}
