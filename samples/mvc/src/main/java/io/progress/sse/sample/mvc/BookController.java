package io.progress.sse.sample.mvc;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.progress.sse.ProgressReporter;

/**
 * Has books printed.
 */
@RestController
class BookController {

	private final PrintShop shop;

	BookController(PrintShop shop) {
		this.shop = shop;
	}

	@PostMapping("/books")
	Book print(@RequestParam String title, @RequestParam(defaultValue = "40") int pages) throws InterruptedException {
		return this.shop.print(title, pages, ProgressReporter.current());
	}

}
