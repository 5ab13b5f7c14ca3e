package io.progress.sse.apptests;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * What an application has on both stacks. It knows nothing of progress.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableAsync
@Import({ OrdinaryApplication.Worker.class, OrdinaryApplication.Controller.class })
public class OrdinaryApplication {

	/**
	 * Starts an application; called from another class loader.
	 * @return its port, and what closes it
	 */
	public static Map.Entry<Integer, AutoCloseable> start(String application, String type) throws Exception {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(OrdinaryApplication.class,
				Class.forName(application))
			.properties("server.port=0", "spring.main.banner-mode=off", "spring.main.web-application-type=" + type,
					"logging.level.root=off")
			.run();
		return Map.entry(context.getEnvironment().getRequiredProperty("local.server.port", int.class), context);
	}

	@Bean
	SimpleMeterRegistry registry() {
		return new SimpleMeterRegistry();
	}

	/**
	 * Something to read.
	 *
	 * @param title a text
	 * @param author a text that is not there
	 * @param printed a time
	 * @param took a duration
	 * @param price a number
	 * @param chapters a list
	 */
	public record Book(String title, String author, Instant printed, Duration took, BigDecimal price,
			List<String> chapters) {

		static final Book SOME = new Book("Zen", null, Instant.EPOCH, Duration.ofSeconds(90), new BigDecimal("12.50"),
				List.of("b", "a"));

	}

	/** Whose properties Jackson 2 leaves in their order, and Jackson 3 sorts. */
	public static class Shelf {

		public String getZone() {
			return "north";
		}

		public int getAisle() {
			return 3;
		}

	}

	/** A service. */
	public static class Worker {

		@Async
		public CompletableFuture<String> thread() {
			return CompletableFuture.completedFuture(Threads.current());
		}

	}

	/** A controller. */
	@RestController
	public static class Controller {

		private final Worker worker;

		private final ListableBeanFactory beans;

		private final MeterRegistry registry;

		Controller(Worker worker, ListableBeanFactory beans, MeterRegistry registry) {
			this.worker = worker;
			this.beans = beans;
			this.registry = registry;
		}

		@GetMapping("/book")
		@CrossOrigin("https://books.example")
		Book book() {
			return Book.SOME;
		}

		@GetMapping("/shelf")
		Shelf shelf() {
			return new Shelf();
		}

		@PostMapping("/book")
		Book echo(@RequestBody Book book) {
			return book;
		}

		@GetMapping("/progress/summary")
		Map<String, String> summary() {
			return Map.of("chapters", "2");
		}

		@GetMapping("/text")
		String text() {
			return "plain";
		}

		@GetMapping("/future")
		CompletableFuture<Book> future() {
			return CompletableFuture.completedFuture(Book.SOME);
		}

		@GetMapping("/async")
		CompletableFuture<String> async() {
			return this.worker.thread();
		}

		@GetMapping("/broken")
		Book broken() {
			throw new IllegalStateException("broken");
		}

		@GetMapping("/gone")
		Book gone() {
			throw new ResponseStatusException(HttpStatus.GONE, "sold out");
		}

		@GetMapping("/executors")
		List<String> executors() {
			return List.of(this.beans.getBeanNamesForType(Executor.class))
				.stream()
				.filter((name) -> !name.startsWith("progress"))
				.sorted()
				.toList();
		}

		@GetMapping("/requests")
		List<String> requests() {
			return this.registry.find("http.server.requests")
				.timers()
				.stream()
				.map((timer) -> timer.getId().getTags() + " " + timer.count())
				.sorted()
				.toList();
		}

	}

	/** Names of threads. */
	static final class Threads {

		private Threads() {
		}

		static String current() {
			return Thread.currentThread().getName().replaceAll("\\d+", "N");
		}

	}

}
