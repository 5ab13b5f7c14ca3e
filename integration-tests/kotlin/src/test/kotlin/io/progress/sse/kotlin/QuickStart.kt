package io.progress.sse.kotlin

import kotlinx.coroutines.delay
import org.springframework.stereotype.Service

import io.progress.sse.ProgressReporter
import io.progress.sse.TrackProgress

/** The code of the quick start; a test compares it with the page. */
class QuickStart {

    data class Report(val pages: Int)

    @Service
    class Reports {

        @TrackProgress("report")
        suspend fun render(pages: Int, progress: ProgressReporter): Report {
            progress.total(pages.toLong())
            repeat(pages) {
                delay(300)
                progress.advance()
            }
            return Report(pages)
        }
    }
}
