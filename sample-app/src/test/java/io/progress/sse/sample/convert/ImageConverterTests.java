package io.progress.sse.sample.convert;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.progress.sse.JobHandle;
import io.progress.sse.JobListener;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressException;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;
import io.progress.sse.engine.ProgressTrackerBuilder;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.sample.Pictures;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.LONG;

/**
 * Tests for {@link ImageConverter}.
 */
class ImageConverterTests {

	private static final int MAX_PIXELS = 10_000_000;

	private final ImageConverter converter = new ImageConverter(new ConvertProperties(MAX_PIXELS));

	@TempDir
	Path folder;

	@ParameterizedTest
	@EnumSource
	void writesTheFormatThatWasAskedFor(ImageFormat format) throws IOException {
		Path target = convert(Pictures.jpeg(60, 40), new Conversion(format, null));
		assertThat(formatOf(target)).isEqualToIgnoringCase(format.id());
		assertThat(ImageIO.read(target.toFile())).matches((image) -> image.getWidth() == 60 && image.getHeight() == 40);
	}

	@ParameterizedTest
	@CsvSource({ "60, 30, 20", "60, 120, 80", "60, 1, 1" })
	void keepsTheProportionsWhenItResizes(int original, int width, int height) throws IOException {
		Path target = convert(Pictures.jpeg(original, 40), new Conversion(ImageFormat.PNG, width));
		assertThat(ImageIO.read(target.toFile()))
			.matches((image) -> image.getWidth() == width && image.getHeight() == height);
	}

	@Test
	void turnsAPictureTheWayTheCameraWasHeld() throws IOException {
		Path target = convert(Pictures.turnedJpeg(60, 40), new Conversion(ImageFormat.PNG, null));
		assertThat(ImageIO.read(target.toFile())).matches((image) -> image.getWidth() == 40 && image.getHeight() == 60);
	}

	@Test
	void putsWhiteWhereJpegCannotBeTransparent() throws IOException {
		Path target = convert(Pictures.transparentPng(10, 10), new Conversion(ImageFormat.JPEG, null));
		BufferedImage image = ImageIO.read(target.toFile());
		assertThat(image.getRGB(5, 5)).isEqualTo(Color.WHITE.getRGB());
	}

	@Test
	void goesThroughThreePhasesAndNeverBack() {
		List<ProgressEvent> events = track(Pictures.jpeg(600, 400), (tracker, event) -> {
		});
		assertThat(events).extracting(ProgressEvent::phase)
			.containsSubsequence("validating", "converting", "compressing");
		assertThat(events).extracting((event) -> event.progress().fraction())
			.filteredOn((fraction) -> fraction != null)
			.isSorted()
			.endsWith(1.0);
	}

	@Test
	void eachPhaseBeginsWhereClientsExpectIt() {
		List<ProgressEvent> events = track(Pictures.jpeg(60, 40), (tracker, event) -> {
		});
		assertThat(Stream.of("validating", "converting", "compressing")
			.map((phase) -> events.stream().filter((event) -> phase.equals(event.phase())).findFirst().orElseThrow())
			.map((event) -> Math.round(Objects.requireNonNull(event.progress().fraction()) * 100)))
			.containsExactly(10L, 20L, 80L);
	}

	@Test
	void stopsInTheMiddleOfWriting() {
		List<ProgressEvent> events = track(Pictures.jpeg(2500, 2500), (tracker, event) -> {
			if (event.progress().completed() != null) {
				tracker.cancel(event.jobId());
			}
		});
		assertThat(events).last()
			.returns(JobState.CANCELLED, ProgressEvent::state)
			.extracting((event) -> event.progress().completed(), as(LONG))
			.isLessThan(2500);
	}

	@Test
	void refusesMorePixelsThanAllowedBeforeDecodingThem() {
		assertThatExceptionOfType(ProgressException.class)
			.isThrownBy(() -> convert(Pictures.transparentPng(4000, 2501), new Conversion(ImageFormat.PNG, 10)))
			.withMessage("The picture has 4000 × 2501 pixels, more than the 10000000 that are allowed")
			.returns("too-many-pixels", ProgressException::code);
	}

	@Test
	void refusesToEnlargeBeyondWhatIsAllowed() {
		assertThatExceptionOfType(ProgressException.class)
			.isThrownBy(() -> convert(Pictures.jpeg(1, 50_000), new Conversion(ImageFormat.PNG, 10_000)))
			.returns("too-many-pixels", ProgressException::code);
	}

	@Test
	void saysSoWhenAFileIsNoPicture() {
		assertThatExceptionOfType(ProgressException.class)
			.isThrownBy(() -> convert("hello".getBytes(StandardCharsets.UTF_8), new Conversion(ImageFormat.PNG, null)))
			.returns("not-a-picture", ProgressException::code);
	}

	@Test
	void saysSoWhenAPictureIsDamaged() {
		byte[] damaged = Arrays.copyOf(Pictures.transparentPng(100, 100), 50);
		assertThatExceptionOfType(ProgressException.class)
			.isThrownBy(() -> convert(damaged, new Conversion(ImageFormat.PNG, null)))
			.returns("unreadable-picture", ProgressException::code);
	}

	private Path convert(byte[] picture, Conversion conversion) throws IOException {
		Path source = Pictures.save(picture, this.folder.resolve("source"));
		Path target = this.folder.resolve("target");
		this.converter.convert(source, target, conversion, ProgressReporter.noop());
		return target;
	}

	private List<ProgressEvent> track(byte[] picture, BiConsumer<ProgressTracker, ProgressEvent> viewer) {
		Path source = Pictures.save(picture, this.folder.resolve("source"));
		List<ProgressEvent> events = new CopyOnWriteArrayList<>();
		AtomicReference<ProgressTracker> self = new AtomicReference<>();
		JobListener listener = new JobListener() {
			@Override
			public void reported(ProgressEvent event) {
				events.add(event);
				viewer.accept(self.get(), event);
			}
		};
		try (ProgressTracker tracker = ProgressTrackerBuilder.forStore(InMemoryProgressEventStore.builder().build())
			.publishInterval(ProgressTrackerBuilder.MIN_PUBLISH_INTERVAL)
			.unwatchedInterval(ProgressTrackerBuilder.MIN_PUBLISH_INTERVAL)
			.listener(listener)
			.build()) {
			self.set(tracker);
			JobHandle job = tracker.start(JobSpec.named("test"), (progress) -> {
				this.converter.convert(source, this.folder.resolve("target"), new Conversion(ImageFormat.PNG, null),
						progress);
				return null;
			});
			job.ended().toCompletableFuture().join();
		}
		return events;
	}

	private static String formatOf(Path file) throws IOException {
		try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
			ImageReader reader = ImageIO.getImageReaders(in).next();
			return reader.getFormatName();
		}
	}

}
