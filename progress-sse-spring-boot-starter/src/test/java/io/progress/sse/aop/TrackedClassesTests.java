package io.progress.sse.aop;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.support.GenericApplicationContext;

import io.progress.sse.TrackProgress;

import static org.assertj.core.api.Assertions.assertThat;

class TrackedClassesTests {

	static Stream<Class<?>> tracked() {
		return Stream.of(Direct.class, Inherited.class, Implemented.class, Overridden.class, Composed.class,
				Hidden.class);
	}

	@ParameterizedTest
	@MethodSource("tracked")
	void aClassWithATrackedMethodIsFound(Class<?> type) {
		assertThat(TrackedClasses.INSTANCE.matches(type)).isTrue();
		assertThat(TrackedClasses.INSTANCE.matches(type)).isTrue();
	}

	@Test
	void aClassWithoutOneIsNot() {
		assertThat(TrackedClasses.INSTANCE.matches(Plain.class)).isFalse();
		assertThat(TrackedClasses.INSTANCE.matches(GenericApplicationContext.class)).isFalse();
		assertThat(TrackedClasses.INSTANCE.matches(String.class)).isFalse();
	}

	static class Plain {

		@Deprecated
		public void work() {
		}

	}

	static class Direct {

		@TrackProgress("work")
		public void work() {
		}

	}

	static class Inherited extends Direct {

	}

	interface Tracked {

		@TrackProgress("work")
		void work();

	}

	static class Implemented implements Tracked {

		@Override
		public void work() {
		}

	}

	static class Overridden extends Implemented {

		@Override
		public void work() {
		}

	}

	static class Composed {

		@TrackedWork
		public void work() {
		}

	}

	static class Hidden {

		@SuppressWarnings("unused")
		@TrackProgress("work")
		private void work() {
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@TrackProgress("work")
	@interface TrackedWork {

	}

}
