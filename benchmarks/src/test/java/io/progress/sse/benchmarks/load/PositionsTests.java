package io.progress.sse.benchmarks.load;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class PositionsTests {

	private final Positions positions = new Positions();

	@BeforeEach
	void three_viewers() {
		this.positions.clear();
		this.positions.add(7);
		this.positions.add(7);
		this.positions.add(9);
	}

	@Test
	void lowest_stays_while_anybody_is_there() {
		this.positions.move(7, 8);
		assertEquals(7, this.positions.lowest());
	}

	@Test
	void lowest_goes_on_to_the_next_one_behind() {
		this.positions.move(7, 8);
		this.positions.move(7, 12);
		assertEquals(8, this.positions.lowest());
	}

	@Test
	void lowest_skips_what_nobody_stood_at() {
		this.positions.move(7, 30);
		this.positions.move(7, 20);
		this.positions.move(9, 10_000);
		assertEquals(20, this.positions.lowest());
	}

}
