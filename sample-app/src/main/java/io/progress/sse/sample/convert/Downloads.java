package io.progress.sse.sample.convert;

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
 * Converted pictures that wait to be fetched: the newest ones, for a while.
 */
@Component
class Downloads {

	private final Deque<Download> oldestFirst = new ArrayDeque<>();

	private final int capacity;

	private final Duration keep;

	private final Clock clock;

	@Autowired
	Downloads(ConvertProperties properties) {
		this(properties, Clock.systemUTC());
	}

	Downloads(ConvertProperties properties, Clock clock) {
		this.capacity = properties.maxDownloads();
		this.keep = properties.keepDownloads();
		this.clock = clock;
	}

	synchronized Download add(Path file, String name, ImageFormat format) {
		Download download = new Download(UUID.randomUUID().toString(), file, name, format.mediaType(),
				this.clock.instant());
		this.oldestFirst.addLast(download);
		removeSurplus();
		return download;
	}

	synchronized Optional<Download> find(String id) {
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
