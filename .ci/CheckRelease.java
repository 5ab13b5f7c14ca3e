import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Checks a repository of one release by the rules of Maven Central
 * (https://central.sonatype.org/publish/requirements/). Arguments: the repository, the
 * version, the parent POM. Prints what is missing; exit status 1 if anything is.
 */
public final class CheckRelease {

	private static final Set<String> MODULES = Set.of("progress-sse-parent", "progress-sse-batch", "progress-sse-bom",
			"progress-sse-core", "progress-sse-dashboard", "progress-sse-redis", "progress-sse-spring-boot-starter",
			"progress-sse-test", "progress-sse-webhooks");

	private static final Set<String> POM_ONLY = Set.of("progress-sse-parent", "progress-sse-bom");

	private final List<String> faults = new ArrayList<>();

	public static void main(String[] args) throws Exception {
		CheckRelease check = new CheckRelease();
		check.modules(Path.of(args[0], "io", "progress-sse"), args[1]);
		check.sameInternalPackages(Path.of(args[2]));
		check.faults.forEach(System.err::println);
		System.exit(check.faults.isEmpty() ? 0 : 1);
	}

	private void modules(Path group, String version) throws Exception {
		try (Stream<Path> found = Files.list(group)) {
			Set<String> names = new TreeSet<>(found.map((each) -> each.getFileName().toString()).toList());
			check(names.equals(new TreeSet<>(MODULES)), "Published modules are " + names + ", not " + MODULES);
		}
		for (String module : MODULES) {
			Path folder = group.resolve(module).resolve(version);
			for (String end : POM_ONLY.contains(module) ? List.of(".pom")
					: List.of(".pom", ".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json")) {
				Path file = folder.resolve(module + "-" + version + end);
				for (String suffix : List.of("", ".asc", ".md5", ".sha1")) {
					check(Files.exists(Path.of(file + suffix)), "Missing: " + file + suffix);
				}
			}
			pom(folder.resolve(module + "-" + version + ".pom"), module);
			if (!POM_ONLY.contains(module)) {
				jar(folder.resolve(module + "-" + version + ".jar"));
			}
		}
	}

	private void pom(Path file, String module) throws Exception {
		Element project = parse(file).getDocumentElement();
		for (String each : List.of("name", "description", "url", "licenses", "developers", "scm")) {
			check(child(project, each) != null, file + " lacks <" + each + ">");
		}
		check(child(project, "parent") == null, file + " needs a parent: it is not flat");
		String text = Files.readString(file);
		check(!text.contains("-SNAPSHOT"), file + " names a snapshot");
		check(module.equals("progress-sse-parent") || !text.replace("${project.version}", "").contains("${"),
				file + " has an open property");
	}

	private void jar(Path file) throws IOException {
		try (JarFile jar = new JarFile(file.toFile())) {
			for (String each : List.of("META-INF/LICENSE", "META-INF/NOTICE")) {
				check(jar.getEntry(each) != null, file + " lacks " + each);
			}
			check(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name") != null,
					file + " has no Automatic-Module-Name");
		}
	}

	/** The comparison of the API must leave out what the Javadoc leaves out. */
	private void sameInternalPackages(Path pom) throws Exception {
		Document document = parse(pom);
		Set<String> internal = new TreeSet<>(
				Arrays.asList(document.getElementsByTagName("internal.packages").item(0).getTextContent().split(":")));
		Set<String> excluded = new TreeSet<>();
		NodeList plugins = document.getElementsByTagName("plugin");
		for (int i = 0; i < plugins.getLength(); i++) {
			Element plugin = (Element) plugins.item(i);
			if (plugin.getTextContent().contains("japicmp-maven-plugin")) {
				NodeList excludes = plugin.getElementsByTagName("exclude");
				for (int j = 0; j < excludes.getLength(); j++) {
					excluded.add(excludes.item(j).getTextContent());
				}
			}
		}
		check(internal.equals(excluded), "The API comparison excludes " + excluded + ", internal are " + internal);
	}

	private static Element child(Element parent, String name) {
		for (Node each = parent.getFirstChild(); each != null; each = each.getNextSibling()) {
			if (each instanceof Element element && element.getTagName().equals(name)) {
				return element;
			}
		}
		return null;
	}

	private static Document parse(Path file) throws Exception {
		return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
	}

	private void check(boolean good, String fault) {
		if (!good) {
			this.faults.add(fault);
		}
	}

}
