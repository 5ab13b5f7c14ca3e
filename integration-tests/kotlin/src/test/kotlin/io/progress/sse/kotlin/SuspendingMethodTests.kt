package io.progress.sse.kotlin

import java.util.concurrent.CopyOnWriteArrayList

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.awaitility.Awaitility.await
import org.junit.jupiter.api.Test
import org.springframework.boot.autoconfigure.AutoConfigurations
import org.springframework.boot.test.context.runner.ApplicationContextRunner

import io.progress.sse.JobListener
import io.progress.sse.ProgressReporter
import io.progress.sse.TrackProgress
import io.progress.sse.aop.TrackProgressAutoConfiguration
import io.progress.sse.autoconfigure.ProgressAutoConfiguration
import io.progress.sse.event.JobInfo
import io.progress.sse.event.JobState
import io.progress.sse.event.ProgressEvent

/** A tracked method that suspends. */
class SuspendingMethodTests {

    @Test
    fun `is one job from its call to its return`() = withWork { work, jobs ->
        assertThat(work.render("report", ProgressReporter.current())).isEqualTo("report rendered")
        assertThat(jobs.only().state()).isEqualTo(JobState.DONE)
        assertThat(jobs.only().jobId().value()).isEqualTo("report")
        assertThat(jobs.only().progress().completed()).isEqualTo(4)
        assertThat(jobs.only().result()).isEqualTo("report rendered")
    }

    @Test
    fun `fails with its exception`() = withWork { work, jobs ->
        assertThatThrownBy { runBlocking { work.fail() } }.hasMessage("secret")
        assertThat(jobs.only().state()).isEqualTo(JobState.FAILED)
        assertThat(jobs.only().error()!!.message()).doesNotContain("secret")
    }

    @Test
    fun `is cancelled with its coroutine`() = withWork { work, jobs ->
        val caller = async { work.wait() }
        yield()
        await().until { jobs.started.size == 1 }
        caller.cancel(CancellationException("enough"))
        await().until { jobs.ends.size == 1 }
        assertThat(jobs.only().state()).isEqualTo(JobState.CANCELLED)
    }

    @Test
    fun `ends with the flow that it returns`() = withWork { work, jobs ->
        val pages = work.pages()
        assertThat(jobs.started).isEmpty()
        assertThat(pages.toList()).containsExactly(1, 2, 3)
        assertThat(jobs.only().progress().completed()).isEqualTo(3)
    }

    private fun withWork(scenario: suspend kotlinx.coroutines.CoroutineScope.(Work, Jobs) -> Unit) {
        ApplicationContextRunner()
            .withConfiguration(
                AutoConfigurations.of(ProgressAutoConfiguration::class.java, TrackProgressAutoConfiguration::class.java)
            )
            .withBean(Work::class.java)
            .withBean(Jobs::class.java)
            .run { context ->
                runBlocking { scenario(context.getBean(Work::class.java), context.getBean(Jobs::class.java)) }
            }
    }

    open class Work {

        @TrackProgress(jobId = "#id", exposeResult = true)
        open suspend fun render(id: String, progress: ProgressReporter): String {
            progress.total(4)
            repeat(4) {
                delay(1)
                progress.advance()
            }
            return "$id rendered"
        }

        @TrackProgress
        open suspend fun fail() {
            delay(1)
            throw IllegalStateException("secret")
        }

        @TrackProgress
        open suspend fun wait(): String = awaitCancellation()

        @TrackProgress(countElements = true)
        open fun pages(): Flow<Int> = flow {
            for (page in 1..3) {
                delay(1)
                emit(page)
            }
        }

    }

    open class Jobs : JobListener {

        val started = CopyOnWriteArrayList<JobInfo>()

        val ends = CopyOnWriteArrayList<ProgressEvent>()

        override fun started(job: JobInfo) {
            started.add(job)
        }

        override fun ended(job: JobInfo, terminal: ProgressEvent) {
            ends.add(terminal)
        }

        fun only(): ProgressEvent = ends.single()

    }

}
