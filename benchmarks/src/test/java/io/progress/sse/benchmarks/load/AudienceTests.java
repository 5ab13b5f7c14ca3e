package io.progress.sse.benchmarks.load;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class AudienceTests {

	private final Audience audience = new Audience();

	@Test
	void counts_what_came_and_what_came_twice() {
		this.audience.begin(false);
		this.audience.at(5_000);
		this.audience.onEvent(0, 1, 3_000);
		this.audience.onEvent(1, 1, 3_000);
		assertEquals(2, this.audience.seen().events());
		assertEquals(1, this.audience.seen().disorder());
	}

	@Test
	void measures_from_the_making_of_an_event_to_its_arrival() {
		this.audience.begin(false);
		this.audience.at(5_000);
		this.audience.onEvent(0, 1, 3_000);
		assertEquals(2.0, this.audience.seen().millisAt(100), 0.02);
	}

	@Test
	void forgets_what_was_seen_before() {
		this.audience.onEvent(0, 1, 0);
		this.audience.begin(false);
		assertEquals(0, this.audience.seen().events());
	}

}
