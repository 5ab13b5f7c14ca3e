package io.progress.sse.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.support.ListItemReader;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * An application with Spring Batch, to which tests add jobs.
 */
final class BatchApplication implements AutoCloseable {

	private static final AtomicInteger databases = new AtomicInteger();

	static {
		// For machines that are busy.
		Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
	}

	private final ConfigurableApplicationContext context;

	private BatchApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/** Starts one whose repository is an H2 database of its own. */
	static BatchApplication jdbc(Class<?> jobs, String... properties) {
		return start(jobs, properties, "spring.datasource.url=jdbc:h2:mem:batch" + databases.incrementAndGet());
	}

	/** Starts one whose repository keeps nothing. */
	static BatchApplication resourceless(Class<?> jobs, String... properties) {
		return start(jobs, properties,
				"spring.autoconfigure.exclude=org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration");
	}

	static BatchApplication start(Class<?> jobs, String[] properties, String... more) {
		List<String> all = new ArrayList<>(
				List.of("spring.batch.job.enabled=false", "spring.main.banner-mode=off", "logging.level.root=error",
						"progress.sse.publish-interval=50ms", "progress.sse.unwatched-interval=50ms"));
		all.addAll(List.of(more));
		all.addAll(List.of(properties));
		return new BatchApplication(new SpringApplicationBuilder(Application.class, jobs).web(WebApplicationType.NONE)
			.properties(all.toArray(String[]::new))
			.run());
	}

	<T> T get(Class<T> type) {
		return this.context.getBean(type);
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	Recorder recorder() {
		return get(Recorder.class);
	}

	JobExecution run(String job, String... parameters) throws Exception {
		return run(this.context.getBean(job, Job.class), parameters);
	}

	JobExecution run(Job job, String... parameters) throws Exception {
		JobParametersBuilder builder = new JobParametersBuilder();
		for (int i = 0; i < parameters.length; i += 2) {
			builder.addString(parameters[i], parameters[i + 1]);
		}
		JobParameters built = builder.toJobParameters();
		return get(JobOperator.class).start(job, built);
	}

	@Override
	public void close() {
		this.context.close();
	}

	/** A step that copies numbers. */
	static Step numbers(String name, int count, JobRepository repository, PlatformTransactionManager transactions) {
		return numbers(name, count, repository, transactions, (item) -> item);
	}

	static Step numbers(String name, int count, JobRepository repository, PlatformTransactionManager transactions,
			ItemProcessor<Integer, Integer> processor) {
		return new StepBuilder(name, repository).<Integer, Integer>chunk(10)
			.reader(new Numbers(count))
			.processor(processor)
			.writer((items) -> {
			})
			.transactionManager(transactions)
			.build();
	}

	/** Returns numbers to each thread that opens it, and knows how many. */
	static final class Numbers implements ItemStreamReader<Integer>, CountedReader {

		private final int count;

		@SuppressWarnings("ThreadLocalUsage") // Each step has a reader of its own.
		private final ThreadLocal<ListItemReader<Integer>> items = new ThreadLocal<>();

		Numbers(int count) {
			this.count = count;
		}

		@Override
		public void open(ExecutionContext context) {
			this.items.set(new ListItemReader<>(IntStream.rangeClosed(1, this.count).boxed().toList()));
		}

		@Override
		public Integer read() {
			return this.items.get().read();
		}

		@Override
		public long itemCount() {
			return this.count;
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Recorder recorder() {
			return new Recorder();
		}

		@Bean
		@ConditionalOnProperty(name = "spring.autoconfigure.exclude")
		PlatformTransactionManager transactionManager() {
			return new ResourcelessTransactionManager();
		}

	}

}
