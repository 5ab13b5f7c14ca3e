package io.progress.sse.web.ticket;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.progress.sse.web.access.Caller;

/**
 * The valid tickets that this node has issued, with their callers, because a caller
 * cannot be stored completely.
 */
final class IssuedTickets {

	/** The tickets, oldest first, which is the order in which they expire. */
	private final Map<String, Issued> tickets = new LinkedHashMap<>();

	private final Map<String, Integer> perOwner = new HashMap<>();

	private final TicketSettings settings;

	private final LongSupplier nanoTime;

	private long refused;

	IssuedTickets(TicketSettings settings, LongSupplier nanoTime) {
		this.settings = settings;
		this.nanoTime = nanoTime;
	}

	/**
	 * Adds a ticket, unless a limit is reached.
	 */
	synchronized boolean add(String name, Caller caller, String owner) {
		long now = dropExpired();
		if (this.tickets.size() >= this.settings.max()
				|| this.perOwner.getOrDefault(owner, 0) >= this.settings.maxPerOwner()) {
			this.refused++;
			return false;
		}
		this.tickets.put(name, new Issued(caller, owner, now));
		this.perOwner.merge(owner, 1, Integer::sum);
		return true;
	}

	synchronized @Nullable Caller find(String name) {
		dropExpired();
		Issued issued = this.tickets.get(name);
		return (issued != null) ? issued.caller() : null;
	}

	synchronized @Nullable Caller take(String name) {
		Caller caller = find(name);
		Issued issued = this.tickets.remove(name);
		if (issued != null) {
			forget(issued);
		}
		return caller;
	}

	/**
	 * Removes a ticket that was not issued after all.
	 */
	synchronized void refuse(String name) {
		take(name);
		this.refused++;
	}

	synchronized void takeAll(String owner) {
		if (this.perOwner.remove(owner) != null) {
			this.tickets.values().removeIf((issued) -> issued.owner().equals(owner));
		}
	}

	synchronized int size() {
		dropExpired();
		return this.tickets.size();
	}

	synchronized long refused() {
		return this.refused;
	}

	private long dropExpired() {
		long now = this.nanoTime.getAsLong();
		Iterator<Issued> oldest = this.tickets.values().iterator();
		while (oldest.hasNext()) {
			Issued issued = oldest.next();
			if (now - issued.since() < this.settings.ttl().toNanos()) {
				break;
			}
			oldest.remove();
			forget(issued);
		}
		return now;
	}

	private void forget(Issued issued) {
		this.perOwner.computeIfPresent(issued.owner(), (owner, count) -> (count > 1) ? count - 1 : null);
	}

	private record Issued(Caller caller, String owner, long since) {

	}

}
