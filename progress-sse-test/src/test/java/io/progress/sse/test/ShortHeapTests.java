package io.progress.sse.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real lack of memory, in a process of its own. {@code -Dheap.rounds} says how often.
 */
@Tag("long")
class ShortHeapTests {

	@Test
	void losesNoEndAndLetsOtherJobsGoOn(@TempDir Path folder) throws Exception {
		Path output = folder.resolve("output");
		List<String> command = List.of(System.getProperty("java.home") + "/bin/java", "-Xmx48m", "-cp",
				System.getProperty("java.class.path"), ShortHeap.class.getName(),
				System.getProperty("heap.rounds", "10"));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		boolean over = process.waitFor(5, TimeUnit.MINUTES);
		process.destroyForcibly();
		assertThat(over).isTrue();
		assertThat(process.exitValue()).as(() -> "the process has said: " + read(output)).isZero();
	}

	private static String read(Path output) {
		try {
			return Files.readString(output);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

}
