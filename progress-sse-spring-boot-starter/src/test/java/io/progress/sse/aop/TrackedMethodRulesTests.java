package io.progress.sse.aop;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.core.PriorityOrdered;
import org.springframework.http.ResponseEntity;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import io.progress.sse.DuplicateJobs;
import io.progress.sse.ProgressReporter;
import io.progress.sse.TrackProgress;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is refused when the application starts.
 */
class TrackedMethodRulesTests {

	@Test
	void privateMethods() {
		refuses(PrivateMethod.class, "PrivateMethod.work()' must not be private; make it at least package-private");
	}

	@Test
	void staticMethods() {
		refuses(StaticMethod.class, "StaticMethod.work()' must not be static; make it an instance method");
	}

	@Test
	void finalMethods() {
		refuses(FinalMethod.class, "FinalMethod.work()' must not be final; a proxy cannot override it: remove 'final'");
	}

	@Test
	void twoReporters() {
		refuses(TwoReporters.class,
				"work(ProgressReporter, ProgressReporter)' must not have two ProgressReporter parameters; use one and split it");
	}

	@Test
	void namesThatWouldForgeALineOfTheLog() {
		refuses(ForgedName.class, "ForgedName.work()' must have a valid name: 'name' must be 1 to 100 letters, digits, "
				+ "spaces or any of . _ : / $ # + -, because it is a metric tag, but is 'work\uFFFDERROR all is lost'; "
				+ "give it one as 'value'");
	}

	@Test
	void plainFutures() {
		refuses(PlainFuture.class, "must not return a plain Future unless it is @Async");
	}

	@ParameterizedTest
	@ValueSource(classes = { Supplied.class, Streamed.class, Deferred.class, Tasked.class, Emitted.class,
			StreamInAnEntity.class, StreamInAFuture.class })
	void resultsThatDoNotTellWhenTheirWorkIsOver(Class<?> bean) {
		refuses(bean, "because it does not tell when its work is over; return a");
	}

	@ParameterizedTest
	@ValueSource(classes = { HiddenMono.class, HiddenFutures.class, HiddenInAMono.class })
	void hiddenResults(Class<?> bean) {
		refuses(bean, "must not wrap a ");
	}

	@Test
	void asynchronousPublishers() {
		refuses(AsyncMono.class, "must not be @Async and return a Mono; remove @Async and use 'subscribeOn'");
	}

	@Test
	void joinedResults() {
		refuses(JoinedResult.class, "must be @Async and void to have 'duplicates = JOIN'");
	}

	@Test
	void countedSingles() {
		refuses(CountedMono.class, "must return several elements, such as a Flux, to have 'countElements'");
	}

	@Test
	void unknownNames() {
		refuses(UnknownName.class, "'jobId' must be a SpEL expression over its parameters, but is '#ordre.id': "
				+ "#ordre is not one of the parameters [order]");
	}

	@Test
	void indexesThatAreNotThere() {
		refuses(UnknownIndex.class, "but is '#a7': #a7 does not exist, the number of parameters is 2");
	}

	@Test
	void propertiesThatAreNotSet() {
		refuses(UnknownProperty.class, "'${no.such.name}' names a property that is not set; set it, or give a default");
	}

	@Test
	void beansThatAreProxiesAlready() {
		refuses(ProxiedConfig.class,
				"NotOnTheInterface.work' of bean 'proxied' cannot be tracked: the bean is already a proxy");
	}

	@Test
	void beansThatWereMadeBeforeProxies() {
		TrackedApplication.with(EarlyConfig.class)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining(
						"Early.work' of bean 'early' cannot be tracked: it was created before proxies could be made"));
	}

	@Test
	void methodsOfBeansThatNeedEachOther() {
		TrackedApplication.with(PrivateInCycle.class, Partner.class)
			.withAllowCircularReferences(true)
			.run((context) -> assertThat(context).getFailure().hasStackTraceContaining("must not be private"));
	}

	@Test
	void malformedExpressions() {
		refuses(Malformed.class, "'owner' must be a SpEL expression over its parameters, but is '#a0.('");
	}

	@Test
	void methodsThatAJdkProxyDoesNotHave() {
		TrackedApplication.with(NotOnTheInterface.class)
			.withPropertyValues("spring.aop.proxy-target-class=false")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("must be declared by an interface of its bean, which has a JDK proxy"));
	}

	private static void refuses(Class<?> bean, String why) {
		TrackedApplication.with(AsyncEnabled.class, bean)
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(Exception.class)
				.hasStackTraceContaining(why));
	}

	@EnableAsync
	static class AsyncEnabled {

	}

	static class PrivateMethod {

		@TrackProgress
		@SuppressWarnings("unused")
		private void work() {
		}

	}

	static class StaticMethod {

		@TrackProgress
		static void work() {
		}

	}

	static class FinalMethod {

		@TrackProgress
		final void work() {
		}

	}

	static class TwoReporters {

		@TrackProgress
		void work(ProgressReporter one, ProgressReporter two) {
		}

	}

	static class ForgedName {

		@TrackProgress("work\nERROR all is lost")
		void work() {
		}

	}

	static class PlainFuture {

		@TrackProgress
		Future<String> work() {
			return new FutureTask<>(() -> "");
		}

	}

	static class AsyncMono {

		@Async
		@TrackProgress
		Mono<String> work() {
			return Mono.empty();
		}

	}

	static class JoinedResult {

		@TrackProgress(duplicates = DuplicateJobs.JOIN)
		String work() {
			return "";
		}

	}

	static class CountedMono {

		@TrackProgress(countElements = true)
		Mono<String> work() {
			return Mono.empty();
		}

	}

	static class UnknownName {

		@TrackProgress(jobId = "#ordre.id")
		void work(Thread order) {
		}

	}

	static class Malformed {

		@TrackProgress(owner = "#a0.(")
		void work(Thread order) {
		}

	}

	static class Supplied {

		@TrackProgress
		Supplier<String> work() {
			throw new UnsupportedOperationException();
		}

	}

	static class Streamed {

		@TrackProgress
		Stream<String> work() {
			throw new UnsupportedOperationException();
		}

	}

	static class Deferred {

		@TrackProgress
		DeferredResult<String> work() {
			throw new UnsupportedOperationException();
		}

	}

	static class Tasked {

		@TrackProgress
		WebAsyncTask<String> work() {
			throw new UnsupportedOperationException();
		}

	}

	static class Emitted {

		@TrackProgress
		SseEmitter work() {
			throw new UnsupportedOperationException();
		}

	}

	static class StreamInAnEntity {

		@TrackProgress
		ResponseEntity<Stream<String>> work() {
			throw new UnsupportedOperationException();
		}

	}

	static class StreamInAFuture {

		@TrackProgress
		CompletableFuture<IntStream> work() {
			throw new UnsupportedOperationException();
		}

	}

	static class HiddenMono {

		@TrackProgress
		Optional<Mono<String>> work() {
			throw new UnsupportedOperationException();
		}

	}

	static class HiddenFutures {

		@TrackProgress
		Map<String, List<CompletableFuture<String>>> work() {
			throw new UnsupportedOperationException();
		}

	}

	static class HiddenInAMono {

		@TrackProgress
		Mono<Optional<Callable<String>>> work() {
			throw new UnsupportedOperationException();
		}

	}

	static class UnknownIndex {

		@TrackProgress(jobId = "#a7")
		void work(String one, String two) {
		}

	}

	static class UnknownProperty {

		@TrackProgress("${no.such.name}")
		void work() {
		}

	}

	static class ProxiedConfig {

		@Bean
		Something proxied() {
			return (Something) new ProxyFactory(new NotOnTheInterface()).getProxy();
		}

	}

	static class Early {

		@TrackProgress
		void work() {
		}

	}

	static class EarlyConfig {

		@Bean
		static Early early() {
			return new Early();
		}

		@Bean
		static Needy needsIt(Early early) {
			return new Needy();
		}

	}

	static class Needy implements BeanPostProcessor, PriorityOrdered {

		@Override
		public int getOrder() {
			return 0;
		}

	}

	static class PrivateInCycle {

		@Autowired
		@SuppressWarnings("unused")
		private Partner partner;

		@TrackProgress
		void tracked() {
		}

		@TrackProgress
		@SuppressWarnings("unused")
		private void work() {
		}

	}

	static class Partner {

		@Autowired
		@SuppressWarnings("unused")
		private PrivateInCycle other;

	}

	interface Something {

		void other();

	}

	static class NotOnTheInterface implements Something {

		@Override
		public void other() {
		}

		@TrackProgress
		public void work() {
		}

	}

}
