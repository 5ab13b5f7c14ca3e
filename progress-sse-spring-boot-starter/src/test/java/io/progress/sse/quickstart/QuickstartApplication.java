package io.progress.sse.quickstart;

import java.util.List;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.progress.sse.ProgressReporter;
import io.progress.sse.TrackProgress;

@EnableAsync
@SpringBootApplication
class QuickstartApplication {

	@Service
	static class Renderer {

		@Async
		@TrackProgress
		public void render(List<String> pages, ProgressReporter progress) {
			progress.phase("rendering");
			StringBuilder report = new StringBuilder();
			for (String page : progress.each(pages)) {
				report.append(page).append('\f');
			}
		}

	}

	@RestController
	record RenderController(Renderer renderer) {

		@PostMapping("/reports")
		@ResponseStatus(HttpStatus.ACCEPTED)
		void render(@RequestBody List<String> pages) {
			this.renderer.render(pages, ProgressReporter.current());
		}

	}

}
