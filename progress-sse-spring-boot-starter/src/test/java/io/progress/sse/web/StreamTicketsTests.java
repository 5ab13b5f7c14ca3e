package io.progress.sse.web;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

import io.progress.sse.TestSettings;
import io.progress.sse.event.JobId;
import io.progress.sse.test.MutableClock;
import io.progress.sse.ticket.InMemoryTicketStore;
import io.progress.sse.web.access.Caller;
import io.progress.sse.web.ticket.StreamTickets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link StreamTickets}.
 */
class StreamTicketsTests {

	private static final JobId JOB = JobId.of("a-job");

	private static final Caller ALICE = new Caller(() -> "alice", () -> false);

	private static final Caller BOB = new Caller(() -> "bob", () -> false);

	private final AtomicLong nanos = new AtomicLong();

	private final MutableClock clock = new MutableClock();

	private final FragileTicketStore store = new FragileTicketStore(new InMemoryTicketStore(this.nanos::get, 100));

	private final StreamTickets tickets = tickets();

	private final StreamTickets otherNode = tickets();

	@Test
	void ticketStandsForItsCallerOnce() {
		String ticket = issue(ALICE);
		assertThat(ticket).matches("[A-Za-z0-9_-]{43}");
		assertThat(this.tickets.peek(ticket, JOB).block()).isEqualTo(ALICE);
		assertThat(this.tickets.redeem(ticket, JOB).block()).isEqualTo(ALICE);
		assertThat(this.tickets.redeem(ticket, JOB).block()).isNull();
		assertThat(this.tickets.peek(ticket, JOB).block()).isNull();
	}

	@Test
	void ticketIsGoodForItsJobOnly() {
		String ticket = issue(ALICE);
		assertThat(this.tickets.redeem(ticket, JobId.of("another-job")).block()).isNull();
		assertThat(this.tickets.redeem(ticket, JOB).block()).isEqualTo(ALICE);
	}

	@Test
	void ticketExpires() {
		String ticket = issue(ALICE);
		this.nanos.addAndGet(Duration.ofSeconds(30).toNanos() - 1);
		assertThat(this.tickets.peek(ticket, JOB).block()).isEqualTo(ALICE);
		this.nanos.addAndGet(1);
		assertThat(this.tickets.redeem(ticket, JOB).block()).isNull();
	}

	@Test
	void ticketDiesWithTheCredentialThatBoughtIt() {
		AtomicBoolean gone = new AtomicBoolean();
		String ticket = issue(ALICE.until(gone::get));
		gone.set(true);
		assertThat(this.tickets.redeem(ticket, JOB).block()).isNull();
	}

	@Test
	void ticketsOfOneWhoLeavesAreTakenBack() {
		String ofAlice = issue(ALICE);
		String ofBob = issue(BOB);
		this.tickets.revokeAll("alice");
		this.tickets.revokeAll("nobody");
		assertThat(this.tickets.redeem(ofAlice, JOB).block()).isNull();
		assertThat(this.tickets.outstanding()).isEqualTo(1);
		assertThat(this.tickets.redeem(ofBob, JOB).block()).isEqualTo(BOB);
		assertThat(this.tickets.outstanding()).isZero();
	}

	@Test
	void ticketOfAnotherNodeStandsForANameOnce() {
		String ticket = issue(ALICE.withAuthorities(List.of("ROLE_USER")));
		Caller seen = this.otherNode.peek(ticket, JOB).block();
		assertThat(seen.name()).isEqualTo("alice");
		assertThat(seen.authorities()).containsExactly("ROLE_USER");
		assertThat(this.otherNode.redeem(ticket, JOB).block().name()).isEqualTo("alice");
		assertThat(this.tickets.redeem(ticket, JOB).block()).isNull();
		assertThat(this.otherNode.redeem(ticket, JOB).block()).isNull();
	}

	@Test
	void ticketOfAnotherNodeIsGoodForItsJobOnly() {
		String ticket = issue(ALICE);
		assertThat(this.otherNode.peek(ticket, JobId.of("another-job")).block()).isNull();
		assertThat(this.otherNode.redeem(ticket, JobId.of("another-job")).block()).isNull();
		assertThat(this.otherNode.redeem(ticket, JOB).block()).isNotNull();
	}

	@Test
	void ticketOfAnotherNodeDiesWithTheTokenThatBoughtIt() {
		Caller hasty = ALICE.until(this.clock.instant().plusSeconds(10), this.clock);
		String used = issue(hasty);
		String late = issue(hasty);
		Caller caller = this.otherNode.redeem(used, JOB).block();
		assertThat(caller.gone().getAsBoolean()).isFalse();
		this.clock.advance(Duration.ofSeconds(10));
		assertThat(caller.gone().getAsBoolean()).isTrue();
		assertThat(this.otherNode.redeem(late, JOB).block()).isNull();
	}

	@Test
	void ticketsOfAnotherNodeAreTakenBackToo() {
		String ticket = issue(ALICE);
		this.otherNode.revokeAll("alice");
		assertThat(this.tickets.peek(ticket, JOB).block()).isNull();
		assertThat(this.tickets.redeem(ticket, JOB).block()).isNull();
	}

	@Test
	void aMalformedTicketIsNotLookedUp() {
		this.store.away = true;
		for (String text : List.of("", "short", "x".repeat(44), "\u00e4".repeat(43), "{" + "x".repeat(42))) {
			assertThat(this.tickets.peek(text, JOB).block()).as(text).isNull();
			assertThat(this.tickets.redeem(text, JOB).block()).as(text).isNull();
		}
	}

	@Test
	void theStoreGetsNoPlainTicket() {
		String ticket = issue(ALICE);
		assertThat(this.store.names).singleElement().asString().matches("[0-9a-f]{64}").doesNotContain(ticket);
	}

	@Test
	void noTicketIsIssuedOrTakenWhileTheStoreIsUnreachable() {
		String ticket = issue(ALICE);
		this.store.away = true;
		for (int i = 0; i < 10; i++) {
			assertThatIllegalStateException().isThrownBy(() -> issue(BOB)).withMessage("away");
		}
		assertThatIllegalStateException().isThrownBy(() -> this.tickets.peek(ticket, JOB).block());
		assertThatIllegalStateException().isThrownBy(() -> this.tickets.redeem(ticket, JOB).block());
		this.store.away = false;
		assertThat(this.tickets.outstanding()).isOne();
		assertThat(this.tickets.redeem(ticket, JOB).block()).isEqualTo(ALICE);
	}

	@Test
	void ticketsAreTakenBackWhenTheStoreIsThereAgain() {
		VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
		try {
			String ticket = issue(ALICE);
			this.store.away = true;
			this.otherNode.revokeAll("alice");
			time.advanceTimeBy(Duration.ofSeconds(10));
			this.store.away = false;
			assertThat(this.tickets.peek(ticket, JOB).block()).isEqualTo(ALICE);
			time.advanceTimeBy(Duration.ofSeconds(1));
			assertThat(this.tickets.redeem(ticket, JOB).block()).isNull();
		}
		finally {
			VirtualTimeScheduler.reset();
		}
	}

	@Test
	void aFullStoreIsLikeTooManyTickets() {
		StreamTickets full = new StreamTickets(TestSettings.tickets(), new InMemoryTicketStore(this.nanos::get, 1),
				this.nanos::get, this.clock);
		assertThat(full.issue(JOB, ALICE).block()).isNotNull();
		assertThat(full.issue(JOB, ALICE).block()).isNull();
		assertThat(full.refused()).isOne();
		assertThat(full.outstanding()).isOne();
	}

	@Test
	void noTicketIsIssuedForAnUnknownCaller() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.tickets.issue(JOB, Caller.UNKNOWN))
			.withMessageContaining("'caller'");
	}

	@Test
	void ticketsAreBoundedForOneAndForAll() {
		for (int i = 0; i < 3; i++) {
			assertThat(issue(ALICE)).isNotNull();
		}
		assertThat(issue(ALICE)).isNull();
		assertThat(this.tickets.refused()).isEqualTo(1);
		String one = issue(BOB);
		assertThat(issue(BOB)).isNotNull();
		assertThat(issue(BOB)).isNull();
		assertThat(this.tickets.redeem(one, JOB).block()).isEqualTo(BOB);
		assertThat(issue(BOB)).isNotNull();
		this.nanos.addAndGet(Duration.ofSeconds(30).toNanos());
		assertThat(issue(ALICE)).isNotNull();
	}

	@Test
	void oneOfManyWhoTryAtOnceGetsIn() throws InterruptedException {
		String ticket = issue(ALICE);
		AtomicInteger admitted = new AtomicInteger();
		CountDownLatch start = new CountDownLatch(1);
		ExecutorService threads = Executors.newFixedThreadPool(8);
		for (int i = 0; i < 100; i++) {
			threads.execute(() -> {
				await(start);
				if (this.tickets.redeem(ticket, JOB).block() != null) {
					admitted.incrementAndGet();
				}
			});
		}
		start.countDown();
		threads.shutdown();
		assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		assertThat(admitted).hasValue(1);
	}

	@Test
	void ticketsDiffer() {
		StreamTickets many = new StreamTickets(TestSettings.tickets("max=1000", "max-per-owner=1000"),
				new InMemoryTicketStore(this.nanos::get, 1_000), this.nanos::get, this.clock);
		Set<String> seen = new HashSet<>();
		for (int i = 0; i < 1_000; i++) {
			seen.add(many.issue(JOB, ALICE).block());
		}
		assertThat(seen).hasSize(1_000);
	}

	private String issue(Caller caller) {
		return this.tickets.issue(JOB, caller).block();
	}

	private StreamTickets tickets() {
		return new StreamTickets(TestSettings.tickets("max=5", "max-per-owner=3"), this.store, this.nanos::get,
				this.clock);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
