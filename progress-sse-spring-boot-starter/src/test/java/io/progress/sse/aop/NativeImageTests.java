package io.progress.sse.aop;

import org.junit.jupiter.api.Test;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;

import io.progress.sse.TrackProgress;

import static org.assertj.core.api.Assertions.assertThat;

class NativeImageTests {

	private final DefaultGenerationContext generation = new DefaultGenerationContext(
			new ClassNameGenerator(ClassName.get(NativeImageTests.class)), new InMemoryGeneratedFiles());

	@Test
	void argumentsThatAnExpressionReadsKeepTheirProperties() {
		RuntimeHints hints = generate(Expressive.class);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Order.class, "getNumber")).accepts(hints);
	}

	@Test
	void otherArgumentsNeedNoHints() {
		RuntimeHints hints = generate(Plain.class);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Order.class, "getNumber")).rejects(hints);
	}

	@Test
	void adviceThatChecksResultsIsRecognised() {
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(Guards.RESULTS)
			.withMemberCategory(MemberCategory.INVOKE_DECLARED_METHODS)).accepts(generate(Plain.class));
	}

	private RuntimeHints generate(Class<?> bean) {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			context.registerBean(bean);
			new ApplicationContextAotGenerator().processAheadOfTime(context, this.generation);
			new TrackProgressRuntimeHints().registerHints(this.generation.getRuntimeHints(), null);
		}
		return this.generation.getRuntimeHints();
	}

	static class Expressive {

		@TrackProgress(jobId = "'order-' + #order.number")
		void ship(Order order) {
		}

	}

	static class Plain {

		@TrackProgress
		void ship(Order order) {
		}

	}

	public static class Order {

		public int getNumber() {
			return 1;
		}

	}

}
