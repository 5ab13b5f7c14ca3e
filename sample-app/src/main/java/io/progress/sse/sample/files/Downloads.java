package io.progress.sse.sample.files;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Files that were made and wait to be fetched: the newest ones, for a while.
 */
@Component
public class Downloads {

	private final Deque<Download> oldestFirst = new ArrayDeque<>();

	private final int capacity;

	private final Duration keep;

	private final Clock clock;

	@Autowired
	Downloads(DownloadProperties properties) {
		this(properties, Clock.systemUTC());
	}

	Downloads(DownloadProperties properties, Clock clock) {
		this.capacity = properties.maxDownloads();
		this.keep = properties.keepDownloads();
		this.clock = clock;
	}

	/**
	 * Takes over a file.
	 * @param file the file
	 * @param name the file name that a browser proposes
	 * @param mediaType what it is
	 * @return the file, as it can be fetched
	 */
	public synchronized Download add(Path file, String name, String mediaType) {
		Download download = new Download(UUID.randomUUID().toString(), file, name, mediaType, this.clock.instant());
		this.oldestFirst.addLast(download);
		removeSurplus();
		return download;
	}

	/**
	 * A file that can be fetched.
	 * @param id its id
	 * @return the file; empty if it has gone
	 */
	public synchronized Optional<Download> find(String id) {
		return this.oldestFirst.stream().filter((download) -> download.id().equals(id)).findFirst();
	}

	@Scheduled(fixedDelayString = "PT1M")
	synchronized void removeSurplus() {
		Instant oldest = this.clock.instant().minus(this.keep);
		while (this.oldestFirst.size() > this.capacity
				|| (!this.oldestFirst.isEmpty() && this.oldestFirst.getFirst().createdAt().isBefore(oldest))) {
			this.oldestFirst.removeFirst().file().toFile().delete();
		}
	}

}
