package io.progress.sse.sample.files;

import java.nio.file.Path;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Upload}.
 */
class UploadTests {

	@ParameterizedTest
	@CsvSource({ "cat.jpeg, cat.png", "cat, cat.png", "cat.and.dog.bmp, cat.and.dog.png",
			"../../etc/passwd, passwd.png", "C:\\pictures\\cat.gif, cat.png", ".jpg, unnamed.png", "'', unnamed.png" })
	void namesTheResultAfterTheOriginal(String name, String expected) {
		assertThat(new Upload(Path.of("any"), name).nameWith("png")).isEqualTo(expected);
	}

}
