package io.progress.sse.aop;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application without spring-tx.
 */
class OuterTransactionTests {

	@Test
	void hasNoTransactionToWaitFor() throws Exception {
		Class<?> type = Class.forName(OuterTransaction.class.getName(), true, new WithoutTransactions());
		assertThat(type).isNotSameAs(OuterTransaction.class);
		Method committed = type.getDeclaredMethod("committed");
		committed.setAccessible(true);
		assertThat(((CompletionStage<?>) committed.invoke(null)).toCompletableFuture()).isCompleted();
	}

	static class WithoutTransactions extends ClassLoader {

		WithoutTransactions() {
			super(OuterTransactionTests.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (name.startsWith("org.springframework.transaction.")) {
				throw new ClassNotFoundException(name);
			}
			return name.startsWith(OuterTransaction.class.getName()) ? define(name) : super.loadClass(name, resolve);
		}

		private Class<?> define(String name) throws ClassNotFoundException {
			try (InputStream bytes = getResourceAsStream(name.replace('.', '/') + ".class")) {
				byte[] content = bytes.readAllBytes();
				return defineClass(name, content, 0, content.length);
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}

	}

}
