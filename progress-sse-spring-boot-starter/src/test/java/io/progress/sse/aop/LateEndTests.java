package io.progress.sse.aop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

import io.progress.sse.ProgressReporter;
import io.progress.sse.TrackProgress;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tracked methods that return before their work is done.
 */
@ExtendWith(OutputCaptureExtension.class)
class LateEndTests {

	@Test
	void isThatOfACallable() {
		run((jobs, work) -> {
			Callable<String> callable = work.callable();
			assertThat(jobs.ends()).isEmpty();
			assertThat(callable.call()).isEqualTo("called");
			assertThat(done(jobs).result()).isEqualTo("called");
			assertThat(jobs.end().progress().completed()).isEqualTo(1);
		});
	}

	@Test
	void isTheFailureOfACallable() {
		run((jobs, work) -> {
			Callable<String> callable = work.brokenCallable();
			assertThat(jobs.ends()).isEmpty();
			assertThatIllegalStateException().isThrownBy(callable::call);
			assertThat(jobs.end().state()).isEqualTo(JobState.FAILED);
		});
	}

	@Test
	void isThatOfAStreamedBody() {
		run((jobs, work) -> {
			StreamingResponseBody body = work.body().getBody();
			assertThat(jobs.ends()).isEmpty();
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			body.writeTo(out);
			assertThat(out).hasToString("written");
			assertThat(done(jobs).progress().completed()).isEqualTo(1);
		});
	}

	@Test
	void isThatOfAReactiveBody() {
		run((jobs, work) -> {
			ResponseEntity<Mono<String>> entity = work.entity();
			assertThat(entity.getStatusCode()).isEqualTo(HttpStatus.CREATED);
			assertThat(jobs.ends()).isEmpty();
			assertThat(entity.getBody().block()).isEqualTo("value");
			assertThat(done(jobs).result()).isEqualTo("value");
		});
	}

	@Test
	void isThatOfTheBodyInAMonoAndInAFuture() {
		run((jobs, work) -> {
			Flux<String> body = work.monoOfEntity().block().getBody();
			assertThat(jobs.ends()).isEmpty();
			assertThat(body.collectList().block()).containsExactly("a", "b");
			assertThat(done(jobs).progress().completed()).isEqualTo(1);
		});
		run((jobs, work) -> {
			Mono<String> body = work.futureOfEntity().get().getBody();
			assertThat(jobs.ends()).isEmpty();
			assertThat(body.block()).isEqualTo("value");
			done(jobs);
		});
	}

	@Test
	void isTheCancellationOfABody() {
		run((jobs, work) -> {
			work.monoOfEntity().block().getBody().take(1).blockLast();
			assertThat(jobs.end().state()).isEqualTo(JobState.CANCELLED);
		});
	}

	@Test
	void isToldByTheValueOfAnObject() {
		run((jobs, work) -> {
			Sinks.One<String> sink = Sinks.one();
			Mono<?> mono = (Mono<?>) work.object(sink.asMono());
			CompletableFuture<?> future = mono.toFuture();
			assertThat(jobs.ends()).isEmpty();
			sink.tryEmitValue("value");
			assertThat(future.get()).isEqualTo("value");
			done(jobs);
		});
	}

	@Test
	void isTheReturnOfAnObjectThatCannotBeFollowed(CapturedOutput log) {
		run((jobs, work) -> {
			Supplier<String> supplier = () -> "value";
			assertThat(work.object(supplier)).isSameAs(supplier);
			work.object(supplier);
			assertThat(jobs.ends()).hasSize(2);
			assertThat(log).containsOnlyOnce("returned a Supplier, which does not tell when its work is over");
		});
	}

	@Test
	void comesWhenTheWorkIsNeverUsed() {
		run((jobs, work) -> {
			work.callable();
			Awaitility.await().until(() -> {
				System.gc();
				return !jobs.ends().isEmpty();
			});
			assertThat(jobs.end().state()).isEqualTo(JobState.FAILED);
			assertThat(jobs.end().error().code()).isEqualTo("abandoned");
		});
	}

	@Test
	void exposesTheBodyOfAnEntity() {
		run((jobs, work) -> {
			assertThat(work.plain().getBody()).isEqualTo("body");
			assertThat(done(jobs).result()).isEqualTo("body");
		});
	}

	private static ProgressEvent done(RecordedJobs jobs) {
		assertThat(jobs.end().state()).isEqualTo(JobState.DONE);
		return jobs.end();
	}

	private static void run(Scenario scenario) {
		TrackedApplication.with(Work.class)
			.run((context) -> scenario.run(context.getBean(RecordedJobs.class), context.getBean(Work.class)));
	}

	interface Scenario {

		void run(RecordedJobs jobs, Work work) throws Exception;

	}

	static class Work {

		private final ProgressReporter progress;

		Work(ProgressReporter progress) {
			this.progress = progress;
		}

		@TrackProgress(exposeResult = true)
		Callable<String> callable() {
			return () -> {
				this.progress.advance();
				return "called";
			};
		}

		@TrackProgress
		Callable<String> brokenCallable() {
			return () -> {
				throw new IllegalStateException("secret");
			};
		}

		@TrackProgress
		ResponseEntity<StreamingResponseBody> body() {
			return ResponseEntity.ok(this::write);
		}

		private void write(OutputStream out) throws IOException {
			this.progress.advance();
			out.write("written".getBytes(StandardCharsets.US_ASCII));
		}

		@TrackProgress(exposeResult = true)
		ResponseEntity<Mono<String>> entity() {
			return ResponseEntity.status(HttpStatus.CREATED).body(Mono.just("value"));
		}

		@TrackProgress
		Mono<ResponseEntity<Flux<String>>> monoOfEntity() {
			ProgressReporter mine = ProgressReporter.current();
			return Mono.just(ResponseEntity.ok(Flux.just("a", "b").doOnComplete(mine::advance)));
		}

		@TrackProgress
		CompletableFuture<ResponseEntity<Mono<String>>> futureOfEntity() {
			return CompletableFuture.completedFuture(ResponseEntity.ok(Mono.just("value")));
		}

		/** Its type leads to itself. */
		@TrackProgress
		<T extends Comparable<T>> List<T> sorted(List<T> values) {
			return values;
		}

		@TrackProgress
		Object object(Object value) {
			return value;
		}

		@TrackProgress(exposeResult = true)
		ResponseEntity<String> plain() {
			return ResponseEntity.ok("body");
		}

	}

}
