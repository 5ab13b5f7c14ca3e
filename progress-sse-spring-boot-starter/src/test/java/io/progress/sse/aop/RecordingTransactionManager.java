package io.progress.sse.aop;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * Transactions without a database. A commit can be told to fail.
 */
@SuppressWarnings("serial")
class RecordingTransactionManager extends AbstractPlatformTransactionManager {

	private final ThreadLocal<Boolean> open = new ThreadLocal<>();

	private final List<String> log = new CopyOnWriteArrayList<>();

	private volatile Runnable onCommit = () -> {
	};

	List<String> log() {
		return this.log;
	}

	void onCommit(Runnable action) {
		this.onCommit = action;
	}

	void failCommits() {
		onCommit(() -> {
			throw new TransactionSystemException("constraint users_email_key");
		});
	}

	@Override
	protected Object doGetTransaction() {
		return this;
	}

	@Override
	protected boolean isExistingTransaction(Object transaction) {
		return Boolean.TRUE.equals(this.open.get());
	}

	@Override
	protected void doBegin(Object transaction, TransactionDefinition definition) {
		this.open.set(true);
		this.log.add("begin");
	}

	@Override
	protected void doCommit(DefaultTransactionStatus status) {
		this.onCommit.run();
		this.log.add("commit");
	}

	@Override
	protected void doRollback(DefaultTransactionStatus status) {
		this.log.add("rollback");
	}

	@Override
	protected void doCleanupAfterCompletion(Object transaction) {
		this.open.remove();
	}

}
