package io.progress.sse.apptests;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * The application of the reports.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(Reports.class)
class ReportsApplication {

}
