package io.progress.sse.docs;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compiles the Java blocks of the pages. A block is a class, members of a class, or
 * statements. It may begin with imports, and may use the imports below and the members
 * that the comment {@code <!-- given: … -->} above it declares.
 */
class JavaSnippetTests {

	private static final String IMPORTS = Stream
		.of("java.net", "java.security", "java.time", "java.util", "javax.crypto", "javax.crypto.spec",
				"io.progress.sse", "io.progress.sse.engine", "io.progress.sse.event", "io.progress.sse.autoconfigure",
				"io.progress.sse.stream", "io.progress.sse.stream.admission", "io.progress.sse.stream.format",
				"io.progress.sse.web", "io.progress.sse.web.access", "io.progress.sse.web.controller",
				"io.progress.sse.web.ticket", "io.progress.sse.observation", "io.micrometer.observation",
				"reactor.core.publisher", "org.springframework.context.annotation", "org.springframework.http",
				"org.springframework.http.server.observation", "org.springframework.resilience.annotation",
				"org.springframework.scheduling.annotation", "org.springframework.stereotype",
				"org.springframework.web.bind.annotation", "org.springframework.web.reactive.function.server",
				"org.springframework.web.server", "org.springframework.web.util")
		.map((name) -> "import " + name + ".*; ")
		.collect(Collectors.joining()) + "import java.util.stream.Stream; "
			+ "import static java.nio.charset.StandardCharsets.UTF_8; ";

	private static final Pattern MEMBERS = Pattern
		.compile("\\A\\s*(@|/\\*\\*|public |private |class |record |interface |enum |"
				+ "[\\w<>]+ \\w+\\([^()]*\\)[^;{]*\\{)");

	private static final Pattern IMPORT = Pattern.compile("^import [\\w. *]+;$", Pattern.MULTILINE);

	@TempDir
	Path classes;

	@Test
	void eachBlockCompiles() {
		List<Snippet> snippets = Snippet.in("java");
		assertThat(snippets).hasSizeGreaterThan(6);
		DiagnosticCollector<JavaFileObject> log = new DiagnosticCollector<>();
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		List<Source> sources = IntStream.range(0, snippets.size())
			.mapToObj((i) -> new Source(i, snippets.get(i)))
			.toList();
		compiler.getTask(null, null, log, List.of("-proc:none", "-parameters", "-d", this.classes.toString(),
				"-classpath", System.getProperty("java.class.path")), null, sources)
			.call();
		assertThat(log.getDiagnostics()).filteredOn((each) -> each.getKind() == Diagnostic.Kind.ERROR)
			.extracting(JavaSnippetTests::describe)
			.isEmpty();
	}

	private static String describe(Diagnostic<? extends JavaFileObject> error) {
		if (!(error.getSource() instanceof Source source)) {
			return error.toString();
		}
		return source.snippet.page() + ":" + (source.snippet.line() + error.getLineNumber() - 2) + ": "
				+ error.getMessage(Locale.ENGLISH);
	}

	/** A class around a snippet, which begins in line 2. */
	private static final class Source extends SimpleJavaFileObject {

		private final Snippet snippet;

		private final String text;

		Source(int number, Snippet snippet) {
			super(URI.create("string:///Snippet" + number + ".java"), Kind.SOURCE);
			this.snippet = snippet;
			String imports = IMPORT.matcher(snippet.text())
				.results()
				.map(MatchResult::group)
				.collect(Collectors.joining(" "));
			String code = IMPORT.matcher(snippet.text()).replaceAll("");
			boolean members = MEMBERS.matcher(code).find();
			this.text = IMPORTS + imports + " abstract class Snippet" + number + " { "
					+ snippet.given().replace('\n', ' ') + (members ? "\n" : " void run() throws Exception {\n") + code
					+ (members ? "}" : "} }");
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.text;
		}

	}

}
