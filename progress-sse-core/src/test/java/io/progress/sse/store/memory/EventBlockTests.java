package io.progress.sse.store.memory;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.progress.sse.event.EventFields;
import io.progress.sse.event.ProgressEvent;

import static org.assertj.core.api.Assertions.assertThat;

class EventBlockTests {

	@Test
	void keepsEachFieldOfAnEvent() {
		assertThat(EventFields.missing((event) -> packed(event).equals(event)))
			.as("fields that EventBlock or EventBlockReader does not know")
			.isEmpty();
	}

	private static ProgressEvent packed(ProgressEvent event) {
		EventBlock block = new EventBlock(EventFields.PLAIN, 4, 64);
		block.add(event);
		List<ProgressEvent> events = new ArrayList<>();
		block.read(0, 1, events);
		return events.get(0);
	}

}
