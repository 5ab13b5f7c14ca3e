package io.progress.sse.sample.mvc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.security.concurrent.DelegatingSecurityContextExecutor;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Jobs that are started on another thread than the request's.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "progress.sse.await-unknown=0s")
@Import(OwnersOfOtherThreadsTests.Starts.class)
@ExtendWith(OutputCaptureExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OwnersOfOtherThreadsTests {

	@LocalServerPort
	private int port;

	@Test
	void belongToTheUserThatSpringSecurityKnows() throws Exception {
		Visitor alice = new Visitor(this.port).login("alice");
		String job = alice.post("/start/known").body();
		assertThat(alice.get("/progress/jobs/" + job).statusCode()).isEqualTo(200);
		assertThat(new Visitor(this.port).login("bob").get("/progress/jobs/" + job).statusCode()).isEqualTo(404);
	}

	@Test
	void haveNoOwnerIfNoUserIsKnown(CapturedOutput log) throws Exception {
		Visitor alice = new Visitor(this.port).login("alice");
		Visitor bob = new Visitor(this.port).login("bob");
		for (String path : new String[] { "/start/future", "/start/deferred" }) {
			String job = alice.post(path).body();
			assertThat(job).isNotEmpty();
			assertThat(alice.get("/progress/jobs/" + job).statusCode()).as(path).isEqualTo(404);
			assertThat(bob.get("/progress/jobs/" + job).statusCode()).as(path).isEqualTo(404);
		}
		assertThat(log.getAll()).containsOnlyOnce("Nobody may watch job 'work': it has no owner")
			.contains("JobSpec.withOwner");
	}

	@TestConfiguration(proxyBeanMethods = false)
	@RestController
	static class Starts {

		private final Executor threads = Executors.newCachedThreadPool();

		@Autowired
		private ProgressTracker tracker;

		@PostMapping("/start/known")
		CompletableFuture<String> known() {
			return CompletableFuture.supplyAsync(this::job, new DelegatingSecurityContextExecutor(this.threads));
		}

		@PostMapping("/start/future")
		CompletableFuture<String> future() {
			return CompletableFuture.supplyAsync(this::job, this.threads);
		}

		@PostMapping("/start/deferred")
		DeferredResult<String> deferred() {
			DeferredResult<String> result = new DeferredResult<>();
			this.threads.execute(() -> result.setResult(job()));
			return result;
		}

		private String job() {
			return this.tracker.start(JobSpec.named("work"), (progress) -> null).id().value();
		}

	}

}
