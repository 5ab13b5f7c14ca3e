package io.progress.sse.redis;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.lettuce.core.cluster.SlotHash;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;
import io.progress.sse.autoconfigure.ProgressAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Redis that speaks TLS and wants a password, with nothing but Spring Boot's own
 * properties.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag("long")
class TlsTests {

	private static final Duration PAUSE = Duration.ofMillis(100);

	@TempDir
	private static Path folder;

	private static Certificate trusted;

	private static Certificate foreign;

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, DataRedisAutoConfiguration.class,
				RedisProgressAutoConfiguration.class, ProgressAutoConfiguration.class,
				TaskExecutionAutoConfiguration.class))
		.withPropertyValues("spring.data.redis.host=127.0.0.1", "spring.data.redis.password=secret",
				"spring.data.redis.ssl.bundle=redis", "progress.sse.flush-timeout=0");

	private final int port = RedisProcess.freePort();

	private RedisProcess redis;

	@BeforeAll
	static void create() throws IOException, GeneralSecurityException {
		Assumptions.assumeTrue(RedisExecutable.INSTALLED.knowsTls(),
				"THE redis-server ON THE PATH KNOWS NO TLS: ITS TESTS WERE NOT RUN");
		trusted = Certificate.create(folder, "trusted");
		foreign = Certificate.create(folder, "foreign");
	}

	@AfterEach
	void stop() {
		this.redis.close();
	}

	@Test
	void jobsAreKeptBehindTls() {
		startWithPassword();
		trusting(trusted).withPropertyValues("spring.data.redis.port=" + this.port).run(TlsTests::works);
	}

	@Test
	void jobsAreKeptInAClusterBehindTls() {
		start("--cluster-enabled", "yes");
		this.redis.call((redis) -> redis.clusterAddSlots(IntStream.range(0, SlotHash.SLOT_COUNT).toArray()));
		requirePassword();
		trusting(trusted).withPropertyValues("spring.data.redis.cluster.nodes=127.0.0.1:" + this.port)
			.run(TlsTests::works);
	}

	private static void works(AssertableApplicationContext context) {
		RedisProgressEventStore store = context.getBean(RedisProgressEventStore.class);
		try (FaultRun run = new FaultRun(3, store, store)) {
			assertThat(store.status().lanesUp()).isEqualTo(1);
			assertThat(run.violations()).isEmpty();
			assertThat(store.status().healthy()).isTrue();
		}
	}

	@Test
	void anUntrustedServerIsTriedAndLoggedRarely(CapturedOutput output) {
		startWithPassword();
		trusting(foreign).withPropertyValues("spring.data.redis.port=" + this.port).run((context) -> {
			RedisProgressEventStore store = context.getBean(RedisProgressEventStore.class);
			long start = System.nanoTime();
			long before = store.status().failures().get("unreachable");
			store.listen(context.getBean(ProgressTracker.class).open(JobSpec.named("tls")).id()).subscribe();
			Awaitility.await().until(() -> store.status().failures().get("unreachable") > before + 20);
			assertThat(System.nanoTime() - start).isGreaterThan(PAUSE.multipliedBy(20).toNanos());
			assertThat(store.status().healthy()).isFalse();
		});
		assertThat(output.getOut().lines().filter((line) -> line.contains("WARN"))).hasSizeLessThan(4)
			.first(InstanceOfAssertFactories.STRING)
			.contains("Redis cannot be reached yet", "unable to find valid certification path");
	}

	@Test
	void anUntrustedServerPreventsTheStartIfRedisIsRequired() {
		startWithPassword();
		trusting(foreign).withPropertyValues("spring.data.redis.port=" + this.port, "progress.sse.redis.required=true")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("progress.sse.redis.required")
				.rootCause()
				.hasMessageContaining("unable to find valid certification path"));
	}

	private void startWithPassword() {
		start();
		requirePassword();
	}

	private void start(String... options) {
		List<String> all = new ArrayList<>(List.of("--tls-port", Integer.toString(this.port), "--tls-cert-file",
				trusted.chain().toString(), "--tls-key-file", trusted.key().toString(), "--tls-auth-clients", "no"));
		all.addAll(List.of(options));
		this.redis = new RedisProcess(RedisExecutable.INSTALLED, all.toArray(String[]::new));
	}

	private void requirePassword() {
		this.redis.call((redis) -> redis.configSet("requirepass", "secret"));
	}

	private ApplicationContextRunner trusting(Certificate certificate) {
		return this.application
			.withPropertyValues("spring.ssl.bundle.pem.redis.truststore.certificate=file:" + certificate.chain());
	}

}
