package io.progress.sse.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ResponseParserTests {

	private static final String HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

	private static final String OURS = "event: progress\ndata: {\"phase\":\"t\",\"data\":{\"t\":1748649600123456}}\nid: 1748649600123-17\n\n";

	private static final String SPRING = "id:18\nevent:progress\ndata:{\"data\":{\"t\":42},\"total\":9}\n\n";

	private final List<String> events = new ArrayList<>();

	private final ResponseParser parser = new ResponseParser(
			new FrameParser((number, dueMicros) -> this.events.add(number + "@" + dueMicros)));

	@Test
	void reads_number_and_time_of_each_event() {
		parse(HEAD + chunk(OURS) + chunk(SPRING));
		assertEquals(List.of("17@1748649600123456", "18@42"), this.events);
		assertEquals(200, this.parser.status());
	}

	@Test
	void does_not_care_where_the_stream_is_cut() {
		String whole = HEAD + chunk(OURS + SPRING) + chunk(SPRING.substring(0, 9)) + chunk(SPRING.substring(9));
		for (char c : whole.toCharArray()) {
			parse(String.valueOf(c));
		}
		assertEquals(List.of("17@1748649600123456", "18@42", "18@42"), this.events);
	}

	@Test
	void does_not_count_comments_and_what_has_no_data() {
		parse(HEAD + chunk("retry: 3000\n: progress-sse\n") + chunk(": hb\n") + chunk("event: progress\nid: 4\n\n"));
		assertTrue(this.events.isEmpty());
	}

	@Test
	void does_not_count_an_event_before_its_end() {
		parse(HEAD + chunk(OURS.substring(0, OURS.length() - 1)));
		assertTrue(this.events.isEmpty());
	}

	@Test
	void sees_the_end() {
		parse(HEAD + chunk(OURS));
		assertFalse(this.parser.isOver());
		parse("0\r\n\r\n");
		assertTrue(this.parser.isOver());
	}

	@Test
	void knows_the_status_when_the_head_is_complete() {
		parse("HTTP/1.1 404 Not Found\r\n");
		assertEquals(0, this.parser.status());
		parse("\r\n");
		assertEquals(404, this.parser.status());
	}

	private void parse(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
		this.parser.parse(bytes, bytes.length);
	}

	private static String chunk(String text) {
		return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
	}

}
