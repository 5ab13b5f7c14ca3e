package io.progress.sse.security;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import reactor.core.publisher.Mono;

import io.progress.sse.TestSettings;
import io.progress.sse.event.JobId;
import io.progress.sse.ticket.InMemoryTicketStore;
import io.progress.sse.ticket.Ticket;
import io.progress.sse.ticket.TicketStore;
import io.progress.sse.web.EndpointPaths;
import io.progress.sse.web.access.Caller;
import io.progress.sse.web.ticket.StreamTickets;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TicketFilter}.
 */
@Timeout(20)
class TicketFilterTests {

	private static final JobId JOB = JobId.of("of-alice");

	private final TicketStore store = new InMemoryTicketStore(System::nanoTime, 10);

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private @Nullable Authentication seen;

	private boolean passed;

	@AfterEach
	void forget() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void ticketOfAnotherNodeStandsForNameAndAuthorities() throws Exception {
		String ticket = ticket();
		show(ticket, this.store);
		assertThat(this.seen.getName()).isEqualTo("alice");
		assertThat(this.seen.getAuthorities()).extracting(GrantedAuthority::getAuthority).containsExactly("ROLE_USER");
	}

	@Test
	void ticketIsLeftForTheStreamToTake() throws Exception {
		String ticket = ticket();
		show(ticket, this.store);
		this.seen = null;
		SecurityContextHolder.clearContext();
		show(ticket, this.store);
		assertThat(this.seen).isNotNull();
	}

	@Test
	void anInvalidTicketAuthenticatesNoCaller() throws Exception {
		show("x".repeat(43), this.store);
		assertThat(this.passed).isTrue();
		assertThat(this.seen).isNull();
	}

	@Test
	void aSignedInCallerNeedsNoTicket() throws Exception {
		SecurityContextHolder.getContext()
			.setAuthentication(new UsernamePasswordAuthenticationToken("bob", "", List.of()));
		show(ticket(), new Unreachable(Mono.error(new IllegalStateException("away"))));
		assertThat(this.seen.getName()).isEqualTo("bob");
	}

	@Test
	void storeThatIsAwayIsNoBadTicket() throws Exception {
		show(ticket(), new Unreachable(Mono.error(new IllegalStateException("away"))));
		assertThat(this.passed).isFalse();
		assertThat(this.response.getStatus()).isEqualTo(503);
		assertThat(this.response.getContentAsString()).contains("store-unavailable").doesNotContain("away");
	}

	@Test
	void theWaitForASilentStoreIsShort() throws Exception {
		show(ticket(), new Unreachable(Mono.never()));
		assertThat(this.passed).isFalse();
		assertThat(this.response.getStatus()).isEqualTo(503);
	}

	private String ticket() {
		Caller alice = new Caller(() -> "alice", () -> false).withAuthorities(List.of("ROLE_USER"));
		return tickets(this.store).issue(JOB, alice).block();
	}

	private void show(String ticket, TicketStore store) throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/progress/jobs/" + JOB.value() + "/events");
		request.setParameter("ticket", ticket);
		TicketFilter filter = new TicketFilter(new EndpointPaths(TestSettings.endpoints(), tickets(store)));
		filter.doFilter(request, this.response, (req, res) -> {
			this.passed = true;
			this.seen = SecurityContextHolder.getContext().getAuthentication();
		});
	}

	private static StreamTickets tickets(TicketStore store) {
		return new StreamTickets(TestSettings.tickets(), store, System::nanoTime, Clock.systemUTC());
	}

	/**
	 * Answers everything in the same way.
	 */
	private record Unreachable(Mono<Ticket> answer) implements TicketStore {

		@Override
		public Mono<Boolean> put(String name, Ticket ticket, Duration ttl) {
			return this.answer.map((found) -> true);
		}

		@Override
		public Mono<Ticket> find(String name) {
			return this.answer;
		}

		@Override
		public Mono<Ticket> take(String name) {
			return this.answer;
		}

		@Override
		public Mono<Void> revokeAll(String owner) {
			return this.answer.then();
		}

	}

}
