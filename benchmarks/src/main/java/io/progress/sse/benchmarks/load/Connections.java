package io.progress.sse.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Connections, as the Linux kernel shows them in {@code proc_net_tcp(5)}.
 *
 * @param established how many the server still holds open
 * @param queuedBytes the bytes that wait on both sides of them to be sent or read
 */
record Connections(int established, long queuedBytes) {

	private static final int LOCAL = 1;

	private static final int REMOTE = 2;

	private static final int STATE = 3;

	private static final int QUEUES = 4;

	private static final String ESTABLISHED = "01";

	static Connections read(int serverPort, List<Viewer> viewers) throws IOException {
		Set<Integer> ports = new HashSet<>();
		for (Viewer viewer : viewers) {
			ports.add(viewer.localPort());
		}
		int established = 0;
		long queued = 0;
		for (String file : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
			List<String> lines = Files.readAllLines(Path.of(file));
			for (String line : lines.subList(1, lines.size())) {
				String[] columns = line.trim().split("\\s+");
				int local = port(columns[LOCAL]);
				int remote = port(columns[REMOTE]);
				boolean server = local == serverPort && ports.contains(remote);
				if (server || (remote == serverPort && ports.contains(local))) {
					established += (server && columns[STATE].equals(ESTABLISHED)) ? 1 : 0;
					queued += queued(columns[QUEUES]);
				}
			}
		}
		return new Connections(established, queued);
	}

	private static int port(String address) {
		return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
	}

	private static long queued(String queues) {
		int colon = queues.indexOf(':');
		return Long.parseLong(queues.substring(0, colon), 16) + Long.parseLong(queues.substring(colon + 1), 16);
	}

}
