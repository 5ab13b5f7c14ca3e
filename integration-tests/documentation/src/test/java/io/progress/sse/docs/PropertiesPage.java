package io.progress.sse.docs;

import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.ClassUtils;

import io.progress.sse.web.WebSettings;

/**
 * The page of all keys, made from the configuration metadata.
 */
final class PropertiesPage {

	private static final String BEGINNING = """
			# All settings

			<!-- PropertiesPageTests writes this page. Change the Javadoc of the records instead. -->

			The most common ones are in [settings.md](settings.md), with more words. Your editor shows the texts below as well.

			A time needs a unit, such as `250ms`, `3s`, `10m`, `24h` or `7d`; without one it counts in milliseconds. A size has `B`, `KB`,
			`MB` or `GB`; without one it counts in bytes. A value that breaks a rule stops the start of the application: its log names the
			key, the value, the rule and what to do.
			""";

	private static final List<Concern> CONCERNS = List.of(new Concern("Endpoints", "path", "format", "job-id-header",
			"on-stale-id", "poll-interval", "order", "cancel.enabled", "list."),
			new Concern("Streams in your own URLs", "routes."),
			new Concern("Streams", "retry", "heartbeat", "max-duration", "stall-timeout", "linger", "await-unknown",
					"goodbye.", "window.", "limits."),
			new Concern("Jobs and their threads", "publish-interval", "unwatched-interval", "admission-timeout",
					"stop-timeout", "flush-timeout", "node", "executor.", "cancel.", "outbox."),
			new Concern("What is kept of jobs", "events-per-job", "milestones-per-job", "jobs-per-owner", "memory.",
					"retention."),
			new Concern("Pages of other origins, and tickets", "cors.", "tickets."),
			new Concern("Redis (`progress-sse-redis`)", "redis."),
			new Concern("Spring Batch (`progress-sse-batch`)", "batch."),
			new Concern("Webhooks (`progress-sse-webhooks`)", "webhooks."),
			new Concern("Dashboard (`progress-sse-dashboard`)", "dashboard."),
			new Concern("Meters and actuator", "metrics.", "observations.", "management.endpoint.progress."),
			new Concern("Others", ""));

	private static final Path ROUTES = Path
		.of("../../progress-sse-spring-boot-starter/src/main/java/io/progress/sse/web/WebSettings.java");

	private PropertiesPage() {
	}

	static String text() {
		List<Setting> settings = new ArrayList<>(Setting.ours());
		settings.removeIf((setting) -> setting.name().equals("progress.sse.routes"));
		settings.addAll(routes());
		StringBuilder page = new StringBuilder(BEGINNING);
		for (Concern concern : CONCERNS) {
			List<Setting> its = settings.stream().filter(concern::has).toList();
			settings.removeAll(its);
			page.append(its.isEmpty() ? "" : concern.section(its));
		}
		return page.toString();
	}

	private static String row(Setting setting) {
		String type = type(setting.type());
		String usual = type.startsWith("`") ? setting.defaultValue().replace('_', '-') : setting.defaultValue();
		return "| `%s` | %s | %s | %s |\n".formatted(setting.name(), usual.isEmpty() ? "" : "`" + usual + "`", type,
				setting.description().replace("|", "\\|"));
	}

	/** What the metadata does not tell: the keys below a name of the user's choice. */
	private static List<Setting> routes() {
		String source = Snippet.read(ROUTES);
		Matcher comment = Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s+public record Route\\(", Pattern.DOTALL)
			.matcher(source);
		if (!comment.find()) {
			throw new IllegalStateException("WebSettings must have a record 'Route' with a comment");
		}
		String texts = comment.group(1).replaceAll("\\s+\\*\\s*", " ").strip();
		List<Setting> settings = new ArrayList<>();
		for (Parameter parameter : WebSettings.Route.class.getDeclaredConstructors()[0].getParameters()) {
			DefaultValue usual = parameter.getAnnotation(DefaultValue.class);
			Matcher text = Pattern.compile("@param " + parameter.getName() + " (.*?)(?= @param|$)").matcher(texts);
			settings.add(new Setting("progress.sse.routes.*." + dashed(parameter.getName()),
					parameter.getType().getName(), (usual != null) ? String.join(",", usual.value()) : "",
					text.find() ? text.group(1).strip() : ""));
		}
		return settings;
	}

	private static String dashed(String name) {
		return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

	private static String type(String type) {
		Matcher list = Pattern.compile("java\\.util\\.(?:List|Set)<(.*)>").matcher(type);
		if (list.matches()) {
			return "list: " + type(list.group(1));
		}
		return switch (type) {
			case "java.lang.Boolean" -> "`true`, `false`";
			case "java.lang.Integer", "java.lang.Long" -> "number";
			case "java.lang.String" -> "text";
			case "java.time.Duration" -> "time, ms";
			case "java.net.URI" -> "URL";
			case "java.util.Map<java.lang.String,java.lang.String>" -> "text by name";
			case "org.springframework.util.unit.DataSize" -> "size, bytes";
			default -> constants(type);
		};
	}

	private static String constants(String type) {
		Object[] constants = ClassUtils.resolveClassName(type, null).getEnumConstants();
		return Stream.of(constants)
			.map((constant) -> "`" + constant.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
			.collect(Collectors.joining(", "));
	}

	/**
	 * Keys that belong together.
	 *
	 * @param title the heading
	 * @param beginnings what their names begin with
	 */
	private record Concern(String title, List<String> beginnings) {

		Concern(String title, String... beginnings) {
			this(title, List.of(beginnings));
		}

		boolean has(Setting setting) {
			String name = setting.name().replaceFirst("^progress\\.sse\\.", "");
			return this.beginnings.stream().anyMatch(name::startsWith);
		}

		String section(List<Setting> settings) {
			return "\n## " + this.title + "\n\n| key | default | type, unit | meaning |\n|---|---|---|---|\n"
					+ settings.stream().map(PropertiesPage::row).collect(Collectors.joining());
		}

	}

}
