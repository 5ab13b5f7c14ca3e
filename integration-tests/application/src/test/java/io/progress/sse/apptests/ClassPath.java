package io.progress.sse.apptests;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class paths of applications, made of that of these tests.
 */
final class ClassPath {

	private static final List<String> REACTIVE = List.of("spring-webflux", "spring-boot-webflux",
			"spring-boot-starter-webflux", "spring-boot-reactor", "spring-boot-starter-reactor", "spring-boot-netty",
			"reactor-", "reactive-streams", "netty-");

	private static final List<String> SERVLET = List.of("spring-webmvc", "spring-boot-webmvc",
			"spring-boot-starter-webmvc", "spring-boot-servlet", "spring-boot-tomcat", "spring-boot-starter-tomcat",
			"tomcat-", "jakarta.servlet");

	private static final List<String> JACKSON_3 = List.of("jackson-core-3", "jackson-databind-3",
			"spring-boot-jackson-", "spring-boot-starter-jackson");

	private static final List<String> JACKSON_2 = List.of("jackson-core-2", "jackson-databind-2",
			"spring-boot-jackson2", "jackson-datatype-", "jackson-module-");

	private static final List<String> REDIS = List.of("spring-boot-data-", "spring-data-", "lettuce-", "redis-authx-");

	private ClassPath() {
	}

	/**
	 * Of an application of one stack and one Jackson, which comes with nothing else of
	 * either kind.
	 * @param added {@code none}, {@code starter}, or {@code redis} for the starter and
	 * the store in Redis
	 */
	static URLClassLoader of(boolean servlet, boolean jackson3, String added) {
		Set<String> starter = brought("starter");
		Set<String> entries = split(
				System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
				File.pathSeparator)
			.filter((entry) -> !isOfRedis(entry))
			.filter((entry) -> !starter.contains(entry) || !isOfTheStarter(entry, servlet, jackson3))
			.filter((entry) -> !isAny(entry, servlet ? REACTIVE : SERVLET))
			.filter((entry) -> !isAny(entry, jackson3 ? JACKSON_2 : JACKSON_3))
			.collect(Collectors.toCollection(LinkedHashSet::new));
		if (!added.equals("none")) {
			entries.addAll(brought(added));
		}
		return new URLClassLoader(entries.stream().map(ClassPath::url).toArray(URL[]::new),
				ClassLoader.getPlatformClassLoader());
	}

	/** What an application without the store in Redis does not have. */
	private static boolean isOfRedis(String entry) {
		return entry.contains("progress-sse-redis") || isAny(entry, REDIS);
	}

	/** What an application without the starter does not have. */
	private static boolean isOfTheStarter(String entry, boolean servlet, boolean jackson3) {
		return entry.contains("progress-sse-") || isAny(entry, servlet ? REACTIVE : SERVLET)
				|| isAny(entry, jackson3 ? JACKSON_2 : JACKSON_3);
	}

	private static Set<String> brought(String added) {
		try {
			return split(Files.readString(Path.of(System.getProperty("test.brought." + added))).trim(),
					File.pathSeparator)
				.collect(Collectors.toCollection(LinkedHashSet::new));
		}
		catch (IOException ex) {
			throw new IllegalStateException("The class path of the starter must have been written by the build", ex);
		}
	}

	private static boolean isAny(String entry, List<String> names) {
		String file = new File(entry).getName();
		return names.stream().anyMatch(file::startsWith);
	}

	private static Stream<String> split(String path, String separator) {
		return Stream.of(path.split(separator));
	}

	private static URL url(String entry) {
		try {
			return new File(entry).toURI().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
