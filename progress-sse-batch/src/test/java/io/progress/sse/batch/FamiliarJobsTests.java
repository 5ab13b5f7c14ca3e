package io.progress.sse.batch;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.RunIdIncrementer;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.partition.support.SimplePartitioner;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.database.JdbcBatchItemWriter;
import org.springframework.batch.infrastructure.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.batch.infrastructure.item.file.FlatFileItemReader;
import org.springframework.batch.infrastructure.item.file.builder.FlatFileItemReaderBuilder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications as guides and samples of Spring Batch show them. They know nothing of this
 * library, which is on the class path.
 */
class FamiliarJobsTests {

	@Test
	void theImportOfPeopleOfTheGuideHasABar() throws Exception {
		try (BatchApplication application = BatchApplication.jdbc(ImportUsers.class)) {
			JobExecution execution = application.run("importUserJob");
			assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
			ProgressEvent end = application.recorder().end("batch-importUserJob-" + execution.getId());
			assertThat(end.state()).isEqualTo(JobState.DONE);
			assertThat(end.phase()).isEqualTo("step1");
			assertThat(end.progress().completed()).isEqualTo(5);
			// The second import expects as many people as the first had.
			JobExecution again = application.run("importUserJob");
			assertThat(application.recorder().of("batch-importUserJob-" + again.getId()))
				.anySatisfy((event) -> assertThat(event.progress().total()).isEqualTo(5L));
			assertThat(application.get(JdbcTemplate.class).queryForObject("select count(*) from people", Long.class))
				.isEqualTo(10);
		}
	}

	@Test
	void aPartitionedStepWithStepScopedReadersHasABar() throws Exception {
		try (BatchApplication application = BatchApplication.jdbc(Partitioned.class)) {
			JobExecution execution = application.run("partitionJob");
			Awaitility.await().until(() -> !execution.getStatus().isRunning());
			ProgressEvent end = application.recorder().end("batch-partitionJob-" + execution.getId());
			assertThat(end.state()).isEqualTo(JobState.DONE);
			assertThat(end.progress().completed()).isEqualTo(4 * 25);
			assertThat(end.progress().total()).isEqualTo(4 * 25);
			assertThat(end.data().get("partitions")).asString().contains("total=4").contains("ended=4");
		}
	}

	record Person(String firstName, String lastName) {

	}

	@Configuration(proxyBeanMethods = false)
	static class ImportUsers {

		@Bean
		FlatFileItemReader<Person> reader() {
			return new FlatFileItemReaderBuilder<Person>().name("personItemReader")
				.resource(new ByteArrayResource("Jill,Doe\nJoe,Doe\nJustin,Doe\nJane,Doe\nJohn,Doe\n".getBytes(UTF_8)))
				.delimited()
				.names("firstName", "lastName")
				.targetType(Person.class)
				.build();
		}

		@Bean
		ItemProcessor<Person, Person> processor() {
			return (person) -> new Person(person.firstName().toUpperCase(java.util.Locale.ROOT), person.lastName());
		}

		@Bean
		JdbcBatchItemWriter<Person> writer(DataSource dataSource) {
			new JdbcTemplate(dataSource)
				.execute("create table people (id identity, first_name varchar(20), last_name varchar(20))");
			return new JdbcBatchItemWriterBuilder<Person>()
				.sql("insert into people (first_name, last_name) values (:firstName, :lastName)")
				.dataSource(dataSource)
				.beanMapped()
				.build();
		}

		@Bean
		Job importUserJob(JobRepository repository, Step step1, JobExecutionListener listener) {
			return new JobBuilder("importUserJob", repository).incrementer(new RunIdIncrementer())
				.listener(listener)
				.start(step1)
				.build();
		}

		/** The older way to build a step, which Spring Batch still has. */
		@Bean
		@SuppressWarnings("removal")
		Step step1(JobRepository repository, PlatformTransactionManager transactions, FlatFileItemReader<Person> reader,
				ItemProcessor<Person, Person> processor, JdbcBatchItemWriter<Person> writer) {
			return new StepBuilder("step1", repository).<Person, Person>chunk(3, transactions)
				.reader(reader)
				.processor(processor)
				.writer(writer)
				.build();
		}

		@Bean
		JobExecutionListener listener() {
			return new JobExecutionListener() {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Partitioned {

		@Bean
		@StepScope
		FlatFileItemReader<String> lines(@Value("#{stepExecutionContext['partition'] ?: 0}") int partition) {
			StringBuilder text = new StringBuilder();
			for (int i = 0; i < 25; i++) {
				text.append("line ").append(i).append(" of ").append(partition).append('\n');
			}
			return new FlatFileItemReaderBuilder<String>().name("lines")
				.resource(new ByteArrayResource(text.toString().getBytes(UTF_8)))
				.lineMapper((line, number) -> line)
				.maxItemCount(25)
				.build();
		}

		@Bean
		Step worker(JobRepository repository, PlatformTransactionManager transactions,
				FlatFileItemReader<String> lines) {
			return new StepBuilder("worker", repository).<String, String>chunk(10).reader(lines).writer((items) -> {
			}).transactionManager(transactions).build();
		}

		@Bean
		Job partitionJob(JobRepository repository, Step worker) {
			return new JobBuilder("partitionJob", repository)
				.start(new StepBuilder("manager", repository).partitioner("worker", new SimplePartitioner())
					.step(worker)
					.gridSize(4)
					.taskExecutor(new SimpleAsyncTaskExecutor())
					.build())
				.build();
		}

	}

}
