package io.progress.sse.aop;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;

import io.progress.sse.ProgressReporter;
import io.progress.sse.TrackProgress;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Proxy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kinds of proxies through which tracked methods are called.
 */
class ProxyTests {

	@Test
	void mayBeJdkProxies() {
		TrackedApplication.with(InterfaceConfig.class)
			.withPropertyValues("spring.aop.proxy-target-class=false")
			.run((context) -> {
				Contract bean = context.getBean(Contract.class);
				assertThat(AopUtils.isJdkDynamicProxy(bean)).isTrue();
				bean.work(ProgressReporter.current());
				assertThat(context.getBean(RecordedJobs.class).end().job()).isEqualTo("Implementation.work");
			});
	}

	@Test
	void mayBeJdkProxiesOfAGenericInterface() {
		TrackedApplication.with(GenericConfig.class)
			.withPropertyValues("spring.aop.proxy-target-class=false")
			.run((context) -> {
				@SuppressWarnings("unchecked")
				Handler<String> bean = context.getBean(Handler.class);
				assertThat(AopUtils.isJdkDynamicProxy(bean)).isTrue();
				bean.handle("a", ProgressReporter.current());
				assertThat(context.getBean(RecordedJobs.class).end().progress().completed()).isEqualTo(1);
			});
	}

	@Test
	void mayHaveTheAnnotationOnTheInterface() {
		TrackedApplication.with(InterfaceConfig.class).run((context) -> {
			context.getBean(Contract.class).described(ProgressReporter.current());
			assertThat(context.getBean(RecordedJobs.class).end().job()).isEqualTo("described");
		});
	}

	@Test
	void mayHaveBeenMadeForAnotherPostProcessor() {
		TrackedApplication.with(InterfaceConfig.class, NeedyConfig.class)
			.withPropertyValues("spring.aop.proxy-target-class=false")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("must be declared by an interface of its bean"));
	}

	@Test
	void mayBeWrappedAgain() {
		TrackedApplication.with(ForeignConfig.class).run((context) -> {
			context.getBean(Contract.class).described(ProgressReporter.current());
			assertThat(context.getBean(RecordedJobs.class).end().job()).isEqualTo("described");
		});
	}

	@Test
	void mayHaveANameWithAProperty() {
		TrackedApplication.with(NamedConfig.class).withPropertyValues("kind=nightly").run((context) -> {
			context.getBean(NamedConfig.Named.class).work();
			assertThat(context.getBean(RecordedJobs.class).end().job()).isEqualTo("report-nightly");
		});
	}

	@Test
	void mayHaveTheAnnotationOnAnAnnotation() {
		TrackedApplication.with(InterfaceConfig.class).run((context) -> {
			context.getBean(Contract.class).marked();
			assertThat(context.getBean(RecordedJobs.class).end().job()).isEqualTo("marked");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.aop.auto=true", "spring.aop.auto=false" })
	void mayBePartOfADependencyCycle(String property) {
		TrackedApplication.with(CycleConfig.class)
			.withAllowCircularReferences(true)
			.withPropertyValues(property)
			.run((context) -> {
				One one = context.getBean(One.class);
				assertThat(one).isInstanceOf(Advised.class);
				one.work(ProgressReporter.current());
				RecordedJobs jobs = context.getBean(RecordedJobs.class);
				assertThat(jobs.end().progress().completed()).isEqualTo(2);
				assertThat(context.getBean(RecordingTransactionManager.class).log()).containsExactly("begin", "commit");
			});
	}

	interface Contract {

		void work(ProgressReporter progress);

		@TrackProgress("described")
		void described(ProgressReporter progress);

		void marked();

	}

	@Configuration(proxyBeanMethods = false)
	static class InterfaceConfig {

		@Bean
		Contract contract() {
			return new Implementation();
		}

	}

	/** A bean that is looked at late, when it is needed early. */
	@Configuration(proxyBeanMethods = false)
	static class NeedyConfig {

		@Bean
		static Contract early() {
			return new Undeclared();
		}

		@Bean
		static BeanPostProcessor needsIt(@Qualifier("early") Contract early) {
			return new BeanPostProcessor() {
			};
		}

	}

	static class Undeclared extends Implementation {

		@TrackProgress
		public void undeclared() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ForeignConfig {

		@Bean
		Contract foreign() {
			return (Contract) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Contract.class },
					(proxy, method, arguments) -> null);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(NamedConfig.Named.class)
	static class NamedConfig {

		static class Named {

			@TrackProgress("report-${kind}")
			void work() {
			}

		}

	}

	interface Handler<T> {

		void handle(T input, ProgressReporter progress);

	}

	@Configuration(proxyBeanMethods = false)
	static class GenericConfig {

		@Bean
		Handler<String> handler() {
			return new TextHandler();
		}

	}

	static class TextHandler implements Handler<String> {

		@Override
		@TrackProgress
		public void handle(String input, ProgressReporter progress) {
			progress.advance(input.length());
		}

	}

	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@TrackProgress("marked")
	@interface Marked {

	}

	static class Implementation implements Contract {

		@Override
		@TrackProgress
		public void work(ProgressReporter progress) {
			progress.advance();
		}

		@Override
		public void described(ProgressReporter progress) {
			progress.advance();
		}

		@Override
		@Marked
		public void marked() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement
	@Import({ One.class, Other.class, RecordingTransactionManager.class })
	static class CycleConfig {

	}

	static class One {

		@Autowired
		private Other other;

		@Transactional
		@TrackProgress
		void work(ProgressReporter progress) {
			this.other.help(progress);
		}

	}

	static class Other {

		@Autowired
		private One one;

		void help(ProgressReporter progress) {
			progress.advance((this.one != null) ? 2 : 0);
		}

	}

}
