package io.progress.sse.servlettests;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;
import io.progress.sse.TrackProgress;

/**
 * A plain Spring MVC application.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ ServletServer.class, LibraryApplication.Books.class })
class LibraryApplication {

	private static final AtomicReference<CountDownLatch> held = new AtomicReference<>(new CountDownLatch(0));

	/**
	 * Keeps books from being printed until the latch is down.
	 */
	static CountDownLatch holdBooks() {
		CountDownLatch latch = new CountDownLatch(1);
		held.set(latch);
		return latch;
	}

	@Bean
	Press press() {
		return new Press();
	}

	/** The service. */
	static class Press {

		@TrackProgress("book")
		public Book print(int pages, ProgressReporter progress) {
			progress.total(pages);
			progress.phase("printing");
			for (int page = 0; page < pages; page++) {
				progress.advance();
			}
			return new Book(pages);
		}

		@TrackProgress("held-book")
		public Book printHeld(ProgressReporter progress) throws InterruptedException {
			progress.phase("printing");
			held.get().await();
			return new Book(1);
		}

		@TrackProgress("future-book")
		public CompletableFuture<Book> printInFuture(ProgressReporter progress) {
			return CompletableFuture.supplyAsync(() -> {
				progress.phase("printing");
				return new Book(1);
			});
		}

	}

	/**
	 * A book.
	 *
	 * @param pages how many pages it has
	 */
	record Book(int pages) {

	}

	/** The controller. */
	@RestController
	static class Books {

		private final Press press;

		private final ProgressTracker tracker;

		Books(Press press, ProgressTracker tracker) {
			this.press = press;
			this.tracker = tracker;
		}

		@PostMapping("/books")
		Book print(@RequestParam int pages) {
			return this.press.print(pages, ProgressReporter.current());
		}

		@PostMapping("/books/held")
		Book printHeld() throws InterruptedException {
			return this.press.printHeld(ProgressReporter.current());
		}

		@PostMapping("/books/later")
		JobHandle printLater() {
			return this.tracker.start(JobSpec.named("later-book"), (progress) -> new Book(1));
		}

		@PostMapping("/books/many")
		String printMany() {
			String first = printLater().id().value();
			for (int i = 0; i < 200; i++) {
				printLater();
			}
			return first;
		}

		@PostMapping("/books/callable")
		Callable<Book> printCallable() {
			return () -> this.press.print(1, ProgressReporter.current());
		}

		@PostMapping("/books/future")
		CompletableFuture<Book> printInFuture() {
			return this.press.printInFuture(ProgressReporter.current());
		}

	}

}
