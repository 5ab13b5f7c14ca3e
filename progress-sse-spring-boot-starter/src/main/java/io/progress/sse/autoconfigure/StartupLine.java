package io.progress.sse.autoconfigure;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.util.ClassUtils;

import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.memory.InMemoryProgressEventStore;
import io.progress.sse.web.AddedPages;
import io.progress.sse.web.WebSettings;
import io.progress.sse.web.access.JobAccessPolicy;

/**
 * Logs one line when the application is ready: what is on, at which paths, where jobs are
 * kept, and who may see them. Names no value that may be secret.
 */
final class StartupLine implements ApplicationListener<ApplicationReadyEvent> {

	private static final Logger logger = LoggerFactory.getLogger(StartupLine.class);

	/** Of the module that sends webhooks, which the starter does not know. */
	private static final String WEBHOOKS = "progressWebhookNotifier";

	private final ApplicationContext context;

	private final ProgressEventStore store;

	private final WebSettings settings;

	StartupLine(ApplicationContext context, ProgressEventStore store, WebSettings settings) {
		this.context = context;
		this.store = store;
		this.settings = settings;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		if (event.getApplicationContext() == this.context) {
			logger.info("Jobs are kept {}; webhooks are {}; {}", store(),
					this.context.containsBean(WEBHOOKS) ? "on" : "off", endpoints());
		}
	}

	private String store() {
		return (this.store instanceof InMemoryProgressEventStore) ? "in memory"
				: "by " + ClassUtils.getShortName(ClassUtils.getUserClass(this.store));
	}

	private String endpoints() {
		JobAccessPolicy policy = this.context.getBeanProvider(JobAccessPolicy.class).getIfUnique();
		if (policy == null) {
			return "there are no endpoints, because this is not a web application";
		}
		return "streams are at %s, lists at %s, cancelling is %s%s; access: %s".formatted(streams(),
				this.settings.path() + "/jobs", this.settings.cancel().enabled() ? "on" : "off", pages(),
				access(policy));
	}

	private String streams() {
		return Stream.concat(Stream.of(this.settings.streamPath(WebSettings.JOB), this.settings.path() + "/events"),
				this.settings.routes().values().stream().flatMap((route) -> Stream.of(route.path(), route.manyPath())))
			.filter(Objects::nonNull)
			.collect(Collectors.joining(", "));
	}

	private String pages() {
		List<String> paths = this.context.getBeanProvider(AddedPages.class)
			.orderedStream()
			.map((pages) -> pages.paths().get(0))
			.toList();
		return paths.isEmpty() ? "" : ", pages are at " + String.join(", ", paths);
	}

	/** Only our own policies have names. */
	private static String access(JobAccessPolicy policy) {
		return (policy.getClass().getPackage() == JobAccessPolicy.class.getPackage()) ? policy.toString()
				: "by the application's JobAccessPolicy";
	}

}
