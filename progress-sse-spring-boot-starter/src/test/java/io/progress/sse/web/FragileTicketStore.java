package io.progress.sse.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import reactor.core.publisher.Mono;

import io.progress.sse.ticket.Ticket;
import io.progress.sse.ticket.TicketStore;

/**
 * A store that can be out of reach, and that remembers what it was told.
 */
final class FragileTicketStore implements TicketStore {

	volatile boolean away;

	final List<String> names = new CopyOnWriteArrayList<>();

	private final TicketStore delegate;

	FragileTicketStore(TicketStore delegate) {
		this.delegate = delegate;
	}

	@Override
	public Mono<Boolean> put(String name, Ticket ticket, Duration ttl) {
		this.names.add(name);
		return unlessAway(() -> this.delegate.put(name, ticket, ttl));
	}

	@Override
	public Mono<Ticket> find(String name) {
		return unlessAway(() -> this.delegate.find(name));
	}

	@Override
	public Mono<Ticket> take(String name) {
		return unlessAway(() -> this.delegate.take(name));
	}

	@Override
	public Mono<Void> revokeAll(String owner) {
		return unlessAway(() -> this.delegate.revokeAll(owner));
	}

	private <T> Mono<T> unlessAway(Supplier<Mono<T>> call) {
		return Mono.defer(() -> this.away ? Mono.error(new IllegalStateException("away")) : call.get());
	}

}
