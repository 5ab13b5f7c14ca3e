package io.progress.sse.web;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import io.progress.sse.event.JobId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link StreamTickets}.
 */
class StreamTicketsTests {

	private static final JobId JOB = JobId.of("a-job");

	private static final Caller ALICE = new Caller(() -> "alice", () -> false);

	private static final Caller BOB = new Caller(() -> "bob", () -> false);

	private final AtomicLong nanos = new AtomicLong();

	private final StreamTickets tickets = new StreamTickets(new StreamTickets.Settings(Duration.ofSeconds(30), 5, 3),
			this.nanos::get);

	@Test
	void ticketStandsForItsCallerOnce() {
		String ticket = this.tickets.issue(JOB, ALICE).orElseThrow();
		assertThat(ticket).matches("[A-Za-z0-9_-]{43}");
		assertThat(this.tickets.peek(ticket, JOB)).isEqualTo(ALICE);
		assertThat(this.tickets.redeem(ticket, JOB)).isEqualTo(ALICE);
		assertThat(this.tickets.redeem(ticket, JOB)).isNull();
		assertThat(this.tickets.peek(ticket, JOB)).isNull();
	}

	@Test
	void ticketIsGoodForItsJobOnly() {
		String ticket = this.tickets.issue(JOB, ALICE).orElseThrow();
		assertThat(this.tickets.redeem(ticket, JobId.of("another-job"))).isNull();
		assertThat(this.tickets.redeem(ticket, JOB)).isEqualTo(ALICE);
	}

	@Test
	void ticketExpires() {
		String ticket = this.tickets.issue(JOB, ALICE).orElseThrow();
		this.nanos.addAndGet(Duration.ofSeconds(30).toNanos() - 1);
		assertThat(this.tickets.peek(ticket, JOB)).isEqualTo(ALICE);
		this.nanos.addAndGet(1);
		assertThat(this.tickets.redeem(ticket, JOB)).isNull();
	}

	@Test
	void ticketDiesWithTheCredentialThatBoughtIt() {
		AtomicBoolean gone = new AtomicBoolean();
		String ticket = this.tickets.issue(JOB, ALICE.until(gone::get)).orElseThrow();
		gone.set(true);
		assertThat(this.tickets.redeem(ticket, JOB)).isNull();
	}

	@Test
	void ticketsOfOneWhoLeavesAreTakenBack() {
		String ofAlice = this.tickets.issue(JOB, ALICE).orElseThrow();
		String ofBob = this.tickets.issue(JOB, BOB).orElseThrow();
		this.tickets.revokeAll("alice");
		this.tickets.revokeAll("nobody");
		assertThat(this.tickets.redeem(ofAlice, JOB)).isNull();
		assertThat(this.tickets.outstanding()).isEqualTo(1);
		assertThat(this.tickets.redeem(ofBob, JOB)).isEqualTo(BOB);
		assertThat(this.tickets.outstanding()).isZero();
	}

	@Test
	void nobodyGetsATicketForNobody() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.tickets.issue(JOB, Caller.UNKNOWN))
			.withMessageContaining("'caller'");
	}

	@Test
	void ticketsAreBoundedForOneAndForAll() {
		for (int i = 0; i < 3; i++) {
			assertThat(this.tickets.issue(JOB, ALICE)).isPresent();
		}
		assertThat(this.tickets.issue(JOB, ALICE)).isEmpty();
		assertThat(this.tickets.refused()).isEqualTo(1);
		String one = this.tickets.issue(JOB, BOB).orElseThrow();
		assertThat(this.tickets.issue(JOB, BOB)).isPresent();
		assertThat(this.tickets.issue(JOB, BOB)).isEmpty();
		assertThat(this.tickets.redeem(one, JOB)).isEqualTo(BOB);
		assertThat(this.tickets.issue(JOB, BOB)).isPresent();
		this.nanos.addAndGet(Duration.ofSeconds(30).toNanos());
		assertThat(this.tickets.issue(JOB, ALICE)).isPresent();
	}

	@Test
	void oneOfManyWhoTryAtOnceGetsIn() throws InterruptedException {
		String ticket = this.tickets.issue(JOB, ALICE).orElseThrow();
		AtomicInteger admitted = new AtomicInteger();
		CountDownLatch start = new CountDownLatch(1);
		ExecutorService threads = Executors.newFixedThreadPool(8);
		for (int i = 0; i < 100; i++) {
			threads.execute(() -> {
				await(start);
				if (this.tickets.redeem(ticket, JOB) != null) {
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
		StreamTickets many = new StreamTickets(new StreamTickets.Settings(Duration.ofSeconds(30), 1_000, 1_000),
				this.nanos::get);
		Set<String> seen = new HashSet<>();
		for (int i = 0; i < 1_000; i++) {
			seen.add(many.issue(JOB, ALICE).orElseThrow());
		}
		assertThat(seen).hasSize(1_000);
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
