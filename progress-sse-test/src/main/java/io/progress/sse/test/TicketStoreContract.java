package io.progress.sse.test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.progress.sse.ticket.Ticket;
import io.progress.sse.ticket.TicketStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract of each {@link TicketStore}, as tests. The author of a store extends this
 * class and implements three methods: one creates a store, one creates a second store
 * over the same data, as another node has it, and one lets time pass.
 */
public abstract class TicketStoreContract {

	private static final Duration TTL = Duration.ofMinutes(1);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Ticket ALICES = new Ticket("alice", List.of("ROLE_USER", "\"quoted\" \u00e4"),
			Instant.parse("2026-01-01T00:00:00.123Z"));

	private static final Ticket BOBS = new Ticket("bob", List.of(), null);

	private final String name = UUID.randomUUID().toString().replace("-", "");

	private TicketStore here;

	private TicketStore there;

	/** Creates the contract. */
	@SuppressWarnings("NullAway.Init")
	protected TicketStoreContract() {
	}

	/**
	 * Creates an empty store.
	 * @return the store
	 */
	protected abstract TicketStore createStore();

	/**
	 * Creates another node's store over the same data.
	 * @param store the store
	 * @return another store; the same one if nodes share nothing
	 */
	protected abstract TicketStore elsewhere(TicketStore store);

	/**
	 * Lets time pass for the store.
	 * @param duration how much
	 */
	protected abstract void passTime(Duration duration);

	@BeforeEach
	void createStores() {
		this.here = createStore();
		this.there = elsewhere(this.here);
	}

	@Test
	void givesATicketOnce() {
		put(this.name, ALICES);
		assertThat(this.there.take(this.name).block(PATIENCE)).isEqualTo(ALICES);
		assertThat(this.there.take(this.name).blockOptional(PATIENCE)).isEmpty();
		assertThat(this.here.take(this.name).blockOptional(PATIENCE)).isEmpty();
		assertThat(this.here.find(this.name).blockOptional(PATIENCE)).isEmpty();
	}

	@Test
	void showsATicketAsOftenAsWanted() {
		put(this.name, BOBS);
		assertThat(this.there.find(this.name).block(PATIENCE)).isEqualTo(BOBS);
		assertThat(this.there.find(this.name).block(PATIENCE)).isEqualTo(BOBS);
		assertThat(this.here.take(this.name).block(PATIENCE)).isEqualTo(BOBS);
	}

	@Test
	void findsOnlyTicketsThatWerePut() {
		put(this.name, ALICES);
		assertThat(this.there.find(this.name + "0").blockOptional(PATIENCE)).isEmpty();
		assertThat(this.there.take(this.name + "0").blockOptional(PATIENCE)).isEmpty();
	}

	@Test
	void forgetsATicketWhenItsTimeIsOver() {
		put(this.name, ALICES);
		passTime(TTL);
		assertThat(this.there.find(this.name).blockOptional(PATIENCE)).isEmpty();
		assertThat(this.there.take(this.name).blockOptional(PATIENCE)).isEmpty();
	}

	@Test
	void givesATicketToOneOfManyCallers() {
		put(this.name, ALICES);
		List<Ticket> taken = Flux.range(0, 50)
			.flatMap((i) -> (((i % 2) == 0) ? this.here : this.there).take(this.name)
				.subscribeOn(Schedulers.boundedElastic()), 50)
			.collectList()
			.block(PATIENCE);
		assertThat(taken).containsExactly(ALICES);
	}

	@Test
	void revokesOnlyTheTicketsOfOneOwner() {
		put(this.name, ALICES);
		put(this.name + "b", BOBS);
		revoke("alice");
		revoke("nobody");
		assertThat(this.there.find(this.name).blockOptional(PATIENCE)).isEmpty();
		assertThat(this.there.take(this.name).blockOptional(PATIENCE)).isEmpty();
		assertThat(this.there.take(this.name + "b").block(PATIENCE)).isEqualTo(BOBS);
	}

	@Test
	void givesTicketsThatWerePutAfterOthersWereTakenBack() {
		put(this.name, ALICES);
		revoke("alice");
		put(this.name + "b", ALICES);
		assertThat(this.there.take(this.name + "b").block(PATIENCE)).isEqualTo(ALICES);
		put(this.name + "c", ALICES);
		revoke("alice");
		assertThat(this.there.take(this.name + "c").blockOptional(PATIENCE)).isEmpty();
	}

	@Test
	void givesTicketsThatOutliveTheMemoryOfThoseTakenBack() {
		revoke("alice");
		passTime(TicketStore.MAX_TTL);
		put(this.name, ALICES);
		passTime(TTL.dividedBy(2));
		assertThat(this.there.take(this.name).block(PATIENCE)).isEqualTo(ALICES);
	}

	@Test
	void doesNothingBeforeItIsSubscribedTo() {
		Mono<Boolean> put = this.here.put(this.name, ALICES, TTL);
		assertThat(this.there.find(this.name).blockOptional(PATIENCE)).isEmpty();
		put.block(PATIENCE);
		Mono<Ticket> take = this.here.take(this.name);
		assertThat(this.there.find(this.name).blockOptional(PATIENCE)).isPresent();
		assertThat(take.block(PATIENCE)).isEqualTo(ALICES);
	}

	private void put(String name, Ticket ticket) {
		assertThat(this.here.put(name, ticket, TTL).block(PATIENCE)).isTrue();
	}

	private void revoke(String owner) {
		this.here.revokeAll(owner).block(PATIENCE);
	}

}
