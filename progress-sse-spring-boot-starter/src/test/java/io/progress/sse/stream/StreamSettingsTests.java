package io.progress.sse.stream;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StreamSettingsTests {

	@Test
	void defaultsAreWholeWhicheverPartIsTouchedFirst() throws Exception {
		for (Class<?> part : StreamSettings.class.getDeclaredClasses()) {
			assertThat(defaults(part.getName())).as(part.getSimpleName()).doesNotContain("null");
		}
	}

	private static String defaults(String first) throws ReflectiveOperationException, IOException {
		URL classes = StreamSettings.class.getProtectionDomain().getCodeSource().getLocation();
		try (URLClassLoader fresh = new URLClassLoader(new URL[] { classes }, ClassLoader.getPlatformClassLoader()) {
			@Override
			protected Class<?> findClass(String name) throws ClassNotFoundException {
				return name.startsWith(StreamSettings.class.getName()) ? super.findClass(name)
						: StreamSettingsTests.class.getClassLoader().loadClass(name);
			}
		}) {
			Class.forName(first, true, fresh);
			return Objects
				.toString(Class.forName(StreamSettings.class.getName(), true, fresh).getField("DEFAULTS").get(null));
		}
	}

}
