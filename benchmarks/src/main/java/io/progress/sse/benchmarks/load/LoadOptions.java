package io.progress.sse.benchmarks.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * The options of the command line.
 *
 * @param scenarios their letters; all if empty
 * @param servers the servers
 * @param rounds how often each server is measured
 * @param seconds how long each time
 * @param window how many events the source may be ahead of the slowest viewer, flat out
 */
record LoadOptions(List<String> scenarios, List<ServerKind> servers, int rounds, int seconds, int window) {

	static LoadOptions of(List<String> args) {
		List<String> scenarios = new ArrayList<>();
		List<ServerKind> servers = List.of(ServerKind.PROGRESS_SSE, ServerKind.HAND_WRITTEN);
		int rounds = 3;
		int seconds = 5;
		int window = 8;
		for (Iterator<String> words = args.iterator(); words.hasNext();) {
			String word = words.next();
			switch (word) {
				case "--servers" -> servers = servers(words.next());
				case "--rounds" -> rounds = Integer.parseInt(words.next());
				case "--seconds" -> seconds = Integer.parseInt(words.next());
				case "--window" -> window = Integer.parseInt(words.next());
				default -> scenarios.add(word);
			}
		}
		return new LoadOptions(scenarios, servers, rounds, seconds, window);
	}

	private static List<ServerKind> servers(String labels) {
		return Arrays.stream(labels.split(","))
			.map((label) -> ServerKind.valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_')))
			.toList();
	}

}
