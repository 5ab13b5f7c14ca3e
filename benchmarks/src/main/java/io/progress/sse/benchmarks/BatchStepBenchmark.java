package io.progress.sse.benchmarks;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The cost of an item of a step of Spring Batch, with and without its job. The difference
 * is what the listeners cost.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class BatchStepBenchmark {

	private static final int ITEMS = 200_000;

	private static final Integer ITEM = 1;

	/** Whether executions become jobs. */
	@Param({ "false", "true" })
	public boolean tracked;

	private ConfigurableApplicationContext context;

	private JobOperator operator;

	private Job job;

	private long run;

	private int left;

	/**
	 * Starts an application whose repository keeps nothing.
	 */
	@Setup
	public void start() {
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("spring.batch.job.enabled=false", "spring.main.banner-mode=off", "logging.level.root=error",
					"progress.sse.batch.enabled=" + this.tracked)
			.run();
		this.operator = this.context.getBean(JobOperator.class);
		JobRepository repository = this.context.getBean(JobRepository.class);
		ItemReader<Integer> reader = () -> (this.left-- > 0) ? ITEM : null;
		this.job = new JobBuilder("benchmark", repository)
			.start(new StepBuilder("items", repository).<Integer, Integer>chunk(1_000)
				.reader(reader)
				.processor((item) -> item)
				.writer((items) -> {
				})
				.build())
			.build();
	}

	/**
	 * Stops the application.
	 */
	@TearDown
	public void stop() {
		this.context.close();
	}

	/**
	 * One item of a step that does nothing.
	 * @return the outcome of the job
	 * @throws Exception if it cannot be launched
	 */
	@Benchmark
	@OperationsPerInvocation(ITEMS)
	public Object item() throws Exception {
		this.left = ITEMS;
		return this.operator.start(this.job, new JobParametersBuilder().addLong("run", this.run++).toJobParameters())
			.getStatus();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

	}

}
