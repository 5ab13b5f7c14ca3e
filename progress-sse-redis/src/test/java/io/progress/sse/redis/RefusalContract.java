package io.progress.sse.redis;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.CommandType;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.engine.ProgressTrackerBuilder;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Note;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.ticket.Ticket;
import io.progress.sse.webhook.Delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What Redis refuses for a while is not lost: it is stored as soon as Redis takes it.
 */
abstract class RefusalContract {

	private static final String ALL_BUT_A_COMMAND_OF_OURS = "progress";

	private final RedisProcess redis;

	private final LettuceConnectionFactory connections;

	private final RedisProgressEventStore store;

	private final ProgressTracker tracker;

	RefusalContract(RedisExecutable executable) {
		this.redis = new RedisProcess(executable);
		this.redis.call((redis) -> redis.aclSetuser(ALL_BUT_A_COMMAND_OF_OURS,
				AclSetuserArgs.Builder.on().addPassword("secret").allKeys().allChannels().allCommands()));
		RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration("127.0.0.1", this.redis.port());
		configuration.setUsername(ALL_BUT_A_COMMAND_OF_OURS);
		configuration.setPassword("secret");
		this.connections = new LettuceConnectionFactory(configuration);
		this.connections.afterPropertiesSet();
		this.store = RedisProgressEventStore.builder(this.connections).build();
		this.tracker = ProgressTrackerBuilder.forStore(this.store).build();
	}

	@AfterEach
	void stop() {
		this.tracker.close();
		this.store.close();
		this.connections.destroy();
		this.redis.close();
	}

	@Test
	void byAMasterThatIsAReplicaForAWhile() {
		losesNothing("demoted", (redis) -> redis.replicaof("127.0.0.1", 1), RedisCommands::replicaofNoOne);
	}

	@Test
	void byAMasterThatMissesItsReplicas() {
		losesNothing("not_ready", (redis) -> redis.configSet("min-replicas-to-write", "1"),
				(redis) -> redis.configSet("min-replicas-to-write", "0"));
	}

	@Test
	void byAMasterThatCannotSave() {
		losesNothing("not_ready", (redis) -> {
			this.redis.preventSaving();
			redis.configSet("save", "3600 1000000");
			redis.bgsave();
			Awaitility.await().until(() -> redis.info("persistence").contains("rdb_last_bgsave_status:err"));
		}, (redis) -> redis.configSet("save", ""));
	}

	@Test
	void byRightsThatAreMissingForAWhile() {
		for (CommandType command : List.of(CommandType.XADD, CommandType.PUBLISH, CommandType.EVALSHA)) {
			losesNothing("refused",
					(redis) -> redis.aclSetuser(ALL_BUT_A_COMMAND_OF_OURS,
							AclSetuserArgs.Builder.removeCommand(command)),
					(redis) -> redis.aclSetuser(ALL_BUT_A_COMMAND_OF_OURS, AclSetuserArgs.Builder.addCommand(command)));
		}
	}

	/** An answer would be final: that a job is unknown, say, or that there is no room. */
	@Test
	void isAnErrorAndNoAnswerForAllThatIsNotTriedAgainHere() {
		ProgressJob job = open();
		await(job, (page) -> notes(page).equals(List.of("before")));
		RedisTicketStore tickets = new RedisTicketStore(this.store);
		Delivery delivery = Delivery.of(page(job).job(), URI.create("https://example.com"));
		try (RedisDeliveryQueue queue = new RedisDeliveryQueue(this.connections, "progress", 10, Duration.ofHours(1))) {
			List<Mono<?>> calls = List.of(
					tickets.put("cafe", new Ticket("alice", List.of(), null), Duration.ofMinutes(1)),
					tickets.revokeAll("alice").thenReturn(true), queue.put(delivery, Duration.ZERO),
					queue.claim(1, Duration.ofMinutes(1)), queue.remove(delivery), this.store.requestCancel(job.id()),
					this.store.delete(job.id()));
			run((redis) -> redis.replicaof("127.0.0.1", 1));
			calls.forEach((call) -> assertThatExceptionOfType(RedisCommandExecutionException.class)
				.isThrownBy(() -> call.block(FaultRun.PATIENCE)));
			run(RedisCommands::replicaofNoOne);
			calls.forEach((call) -> assertThat(call.block(FaultRun.PATIENCE)).isNotNull());
		}
	}

	private void losesNothing(String kind, Consumer<RedisCommands<String, String>> begin,
			Consumer<RedisCommands<String, String>> end) {
		long dropped = this.tracker.stats().droppedEvents();
		ProgressJob ends = open();
		ProgressJob goesOn = open();
		Stream.of(ends, goesOn).forEach((job) -> await(job, (page) -> notes(page).equals(List.of("before"))));
		run(begin);
		ProgressJob starts = open();
		long refused = failures(kind);
		for (int i = 0; i < 5; i++) {
			note(ends, i);
			note(goesOn, i);
		}
		ends.done("result");
		Awaitility.await().atMost(FaultRun.PATIENCE).until(() -> failures(kind) >= refused + 5);
		run(end);
		note(goesOn, 5);
		goesOn.done("result");
		starts.done("result");
		for (ProgressJob job : List.of(ends, goesOn, starts)) {
			await(job, (page) -> page.latest().event().state() == JobState.DONE);
			assertThat(page(job).latest().event().result()).isEqualTo("result");
		}
		assertThat(notes(page(ends))).containsExactly("before", "0", "1", "2", "3", "4");
		assertThat(notes(page(goesOn))).containsExactly("before", "0", "1", "2", "3", "4", "5");
		for (ProgressJob job : List.of(ends, goesOn, starts)) {
			List<StoredEvent> events = page(job).events();
			assertThat(events).extracting((event) -> event.id().n())
				.isEqualTo(IntStream.rangeClosed(1, events.size()).mapToObj(Long::valueOf).toList());
		}
		assertThat(this.tracker.stats().droppedEvents()).isEqualTo(dropped);
	}

	private ProgressJob open() {
		ProgressJob job = this.tracker.open(JobSpec.named("refused"));
		job.begin();
		job.reporter().note(Note.Level.INFO, "before");
		return job;
	}

	private static void note(ProgressJob job, int number) {
		job.reporter().note(Note.Level.INFO, Integer.toString(number));
	}

	private long failures(String kind) {
		return Objects.requireNonNull(this.store.status().failures().get(kind));
	}

	private void await(ProgressJob job, Predicate<EventPage> condition) {
		Awaitility.await().atMost(FaultRun.PATIENCE).until(() -> {
			EventPage page = page(job);
			return page != null && condition.test(page);
		});
	}

	private @Nullable EventPage page(ProgressJob job) {
		return this.store.read(job.id(), null, 100).block(FaultRun.PATIENCE);
	}

	private static List<String> notes(EventPage page) {
		return page.events()
			.stream()
			.map((event) -> event.event().note())
			.filter(Objects::nonNull)
			.map(Note::text)
			.toList();
	}

	private void run(Consumer<RedisCommands<String, String>> commands) {
		this.redis.call((redis) -> {
			commands.accept(redis);
			return CompletableFuture.completedFuture(null);
		});
	}

}
