package io.progress.sse.sample.mvc;

import org.springframework.stereotype.Service;

import io.progress.sse.ProgressReporter;
import io.progress.sse.TrackProgress;

/**
 * Prints books, ten pages a second.
 */
@Service
class PrintShop {

	private static final int PAGE_MILLIS = 100;

	@TrackProgress(value = "book", exposeResult = true)
	public Book print(String title, int pages, ProgressReporter progress) throws InterruptedException {
		progress.total(pages);
		progress.unit("pages");
		progress.phase("printing");
		progress.message(title);
		for (int page = 1; page <= pages; page++) {
			Thread.sleep(PAGE_MILLIS);
			progress.advance();
		}
		progress.phase("binding");
		return new Book(title, pages);
	}

}
