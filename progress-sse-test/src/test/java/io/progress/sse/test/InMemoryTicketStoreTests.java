package io.progress.sse.test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import io.progress.sse.ticket.InMemoryTicketStore;
import io.progress.sse.ticket.Ticket;
import io.progress.sse.ticket.TicketStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class InMemoryTicketStoreTests extends TicketStoreContract {

	private final AtomicLong nanos = new AtomicLong();

	@Override
	protected TicketStore createStore() {
		return new InMemoryTicketStore(this.nanos::get, 10);
	}

	@Override
	protected TicketStore elsewhere(TicketStore store) {
		return store;
	}

	@Override
	protected void passTime(Duration duration) {
		this.nanos.addAndGet(duration.toNanos());
	}

	@Test
	void takesNoMoreThanItHoldsUntilTheOldestExpire() {
		TicketStore small = new InMemoryTicketStore(this.nanos::get, 2);
		assertThat(put(small, "a")).isTrue();
		passTime(Duration.ofSeconds(1));
		assertThat(put(small, "b")).isTrue();
		assertThat(put(small, "c")).isFalse();
		passTime(Duration.ofSeconds(1));
		assertThat(put(small, "c")).isTrue();
		assertThat(put(small, "d")).isFalse();
	}

	@Test
	void holdsAtLeastOne() {
		assertThatIllegalArgumentException().isThrownBy(() -> new InMemoryTicketStore(this.nanos::get, 0))
			.withMessage("'capacity' must be at least 1, but is 0");
	}

	private static Boolean put(TicketStore store, String name) {
		return store.put(name, new Ticket("alice", List.of(), null), Duration.ofSeconds(2)).block();
	}

}
