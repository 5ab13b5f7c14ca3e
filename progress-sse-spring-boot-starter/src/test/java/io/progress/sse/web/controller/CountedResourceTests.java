package io.progress.sse.web.controller;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import io.progress.sse.JobListener;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;
import io.progress.sse.engine.ProgressTrackerBuilder;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A file that is sent.
 */
class CountedResourceTests {

	@Test
	void countsTheBytesThatWebFluxReads(@TempDir Path folder) throws Exception {
		Path file = Files.write(folder.resolve("report.pdf"), new byte[100_000]);
		ProgressEvent[] end = new ProgressEvent[1];
		ProgressTracker tracker = ProgressTrackerBuilder.forStore(InMemoryProgressEventStore.builder().build())
			.listener(new JobListener() {
				@Override
				public void ended(JobInfo job, ProgressEvent terminal) {
					end[0] = terminal;
				}
			})
			.build();
		Mono<Long> sent = tracker.mono(JobSpec.named("download"), (progress) -> {
			Resource resource = CountedResource.of(new FileSystemResource(file), progress);
			return DataBufferUtils.read(resource, DefaultDataBufferFactory.sharedInstance, 4096)
				.map((buffer) -> (long) buffer.readableByteCount())
				.reduce(Long::sum);
		});
		StepVerifier.create(sent).expectNext(100_000L).expectComplete().verify(Duration.ofSeconds(5));
		assertThat(end[0].progress().completed()).isEqualTo(100_000);
		assertThat(end[0].progress().total()).isEqualTo(100_000);
		tracker.close();
	}

	@Test
	void keepsWhatIsKnownOfTheFile(@TempDir Path folder) throws Exception {
		Path file = Files.write(folder.resolve("report.pdf"), new byte[3]);
		Resource resource = CountedResource.of(new FileSystemResource(file), io.progress.sse.ProgressReporter.noop());
		assertThat(resource.getFilename()).isEqualTo("report.pdf");
		assertThat(resource.contentLength()).isEqualTo(3);
		assertThat(resource.exists()).isTrue();
		assertThat(resource.isFile()).isFalse();
	}

}
