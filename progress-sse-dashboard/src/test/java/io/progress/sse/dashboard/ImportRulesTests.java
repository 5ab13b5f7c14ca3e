package io.progress.sse.dashboard;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeJars;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

/**
 * Who may import whom in this module.
 */
@AnalyzeClasses(packages = "io.progress.sse.dashboard",
		importOptions = { DoNotIncludeTests.class, DoNotIncludeJars.class })
class ImportRulesTests {

	@ArchTest
	static final ArchRule the_dashboard_knows_access_and_neither_jobs_nor_stores = classes().that()
		.haveNameNotMatching(".*(AutoConfiguration|Properties|RuntimeHints).*")
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage("java..", "org.jspecify..", "org.slf4j..", "reactor..", "org.reactivestreams..",
				"org.springframework.beans.factory..", "org.springframework.core.io..", "org.springframework.util..",
				"org.springframework.http..", "org.springframework.web..", "io.progress.sse.stream.admission..",
				"io.progress.sse.web", "io.progress.sse.web.access", "io.progress.sse.dashboard");

}
