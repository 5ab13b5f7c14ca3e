package io.progress.sse.test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.store.WriterToken;

/**
 * A job under test, as one of its writers sees it. Events are distinguished by their
 * messages.
 */
final class TestJob {

	static final Duration PATIENCE = Duration.ofSeconds(10);

	/** More events than any job of the contract has. */
	static final int ALL = 10_000;

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final ProgressEventStore store;

	private final JobInfo info;

	private final WriterToken token;

	private long sequence;

	TestJob(ProgressEventStore store, JobId job, long order) {
		this(store, new JobInfo(job, "contract", null, null, START), order);
	}

	TestJob(ProgressEventStore store, JobInfo info, long order) {
		this.store = store;
		this.info = info;
		this.token = WriterToken.of(order);
	}

	JobId id() {
		return this.info.id();
	}

	JobInfo info() {
		return this.info;
	}

	WriterToken writer() {
		return this.token;
	}

	/** Appends events after the previous ones, and records that they were sent. */
	AppendResult append(String... messages) {
		return append(AppendMode.CONTINUE, messages);
	}

	AppendResult append(AppendMode mode, String... messages) {
		EventBatch batch = batch(mode, this.sequence + 1, running(messages));
		this.sequence = batch.lastSequence();
		return send(batch);
	}

	/** Appends events that cover no other events. */
	AppendResult tick(String... messages) {
		return append(Stream.of(messages).map(this::tickEvent).toList());
	}

	AppendResult append(List<ProgressEvent> events) {
		EventBatch batch = batch(AppendMode.CONTINUE, this.sequence + 1, events);
		this.sequence = batch.lastSequence();
		return send(batch);
	}

	AppendResult end(JobState state) {
		return append(List.of(event(state, state.wireName())));
	}

	/** Appends events with numbers of their own. */
	AppendResult appendFrom(long firstSequence, AppendMode mode, String... messages) {
		return send(batch(mode, firstSequence, running(messages)));
	}

	AppendResult send(EventBatch batch) {
		return await(this.store.append(batch));
	}

	boolean delete() {
		return await(this.store.delete(id()));
	}

	/** Returns what the store holds; {@code null} if it holds nothing. */
	@Nullable EventPage find(@Nullable EventId after, int limit) {
		return this.store.read(id(), after, limit).block(PATIENCE);
	}

	EventPage page(@Nullable EventId after, int limit) {
		return await(this.store.read(id(), after, limit));
	}

	List<StoredEvent> events() {
		EventPage page = page(null, ALL);
		if (page.stale()) {
			throw new AssertionError("A page without a cursor must not be stale, but is " + page);
		}
		return page.events();
	}

	List<Long> numbers() {
		return events().stream().map((event) -> event.id().n()).toList();
	}

	List<@Nullable String> messages() {
		return messages(events());
	}

	static List<@Nullable String> messages(List<StoredEvent> events) {
		List<@Nullable String> messages = new ArrayList<>();
		events.forEach((event) -> messages.add(event.event().message()));
		return messages;
	}

	/** Waits for a value. Unlike {@code block}, it fails on an empty answer. */
	static <T> T await(Mono<T> mono) {
		T value = mono.block(PATIENCE);
		if (value == null) {
			throw new AssertionError("A value must come, but there was none");
		}
		return value;
	}

	EventBatch batch(AppendMode mode, long firstSequence, List<ProgressEvent> events) {
		return new EventBatch(this.info, this.token, firstSequence, events, mode);
	}

	EventBatch replacing(EventId replaced, String... messages) {
		return new EventBatch(this.info, this.token, 1, running(messages), AppendMode.REPLACE, replaced);
	}

	ProgressEvent event(JobState state, String message) {
		return ProgressEvent.builder(this.info, state, START).message(message).build();
	}

	ProgressEvent tickEvent(String message) {
		return ProgressEvent.builder(this.info, JobState.RUNNING, START).kind(EventKind.TICK).message(message).build();
	}

	private List<ProgressEvent> running(String... messages) {
		List<ProgressEvent> events = new ArrayList<>();
		for (String message : messages) {
			events.add(event(JobState.RUNNING, message));
		}
		return events;
	}

}
