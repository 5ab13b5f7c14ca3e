package io.progress.sse.aop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

import io.progress.sse.ProgressException;

/**
 * The transaction that was open when the method was called. The method's changes are done
 * only when it commits, which is after the method's return.
 */
final class OuterTransaction {

	/** No transaction. */
	static final CompletionStage<?> NONE = CompletableFuture.completedFuture(null);

	private static final boolean POSSIBLE = ClassUtils.isPresent(
			"org.springframework.transaction.support.TransactionSynchronizationManager",
			OuterTransaction.class.getClassLoader());

	private OuterTransaction() {
	}

	/**
	 * Completes when this thread's transaction commits, at once if it has none.
	 * @return fails if the transaction is rolled back
	 */
	static CompletionStage<?> committed() {
		return POSSIBLE ? Synchronizations.committed() : NONE;
	}

	/** Loaded only if spring-tx is on the class path. */
	private static final class Synchronizations {

		static CompletionStage<?> committed() {
			if (!TransactionSynchronizationManager.isActualTransactionActive()
					|| !TransactionSynchronizationManager.isSynchronizationActive()) {
				return NONE;
			}
			CompletableFuture<Void> outcome = new CompletableFuture<>();
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
				@Override
				public void afterCompletion(int status) {
					if (status == STATUS_COMMITTED) {
						outcome.complete(null);
					}
					else {
						outcome.completeExceptionally(
								new ProgressException("rolled-back", "The changes were rolled back"));
					}
				}
			});
			return outcome;
		}

	}

}
