package io.progress.sse.webhook;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeJars;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import io.progress.sse.HouseRules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Who may import whom in this module.
 */
@AnalyzeClasses(packages = "io.progress.sse.webhook",
		importOptions = { DoNotIncludeTests.class, DoNotIncludeJars.class })
class ImportRulesTests {

	private static final String ROOT = "io.progress.sse";

	/** For authors of queues; the only part that knows JUnit. */
	private static final String CONTRACT = ROOT + ".webhook.contract";

	private static final String WIRING = "(Progress.*AutoConfiguration.*|WebhookSettings|WebhookLifecycle)";

	@ArchTest
	static final ArchRule webhooks_know_the_api_stores_formats_and_an_http_client = classes().that()
		.haveNameNotMatching("io\\.progress\\.sse\\.webhook\\." + WIRING)
		.and()
		.resideOutsideOfPackage(CONTRACT)
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage("java..", "javax.crypto..", "javax.net.ssl..", "org.jspecify..", "org.slf4j..", "reactor..",
				"org.reactivestreams..", "io.netty.buffer..", "io.netty.handler.codec.http..",
				"org.springframework.boot.context.properties..", ROOT, ROOT + ".event..", ROOT + ".support..",
				ROOT + ".store..", ROOT + ".stream..", ROOT + ".webhook");

	@ArchTest
	static final ArchRule only_tests_know_the_contract = noClasses().that()
		.resideOutsideOfPackage(CONTRACT)
		.should()
		.dependOnClassesThat()
		.resideInAPackage(CONTRACT);

	@ArchTest
	static final ArchRule only_wiring_knows_wiring = noClasses().that()
		.haveNameNotMatching("io\\.progress\\.sse\\.webhook\\." + WIRING)
		.should()
		.dependOnClassesThat()
		.haveNameMatching("io\\.progress\\.sse\\.webhook\\.Progress.*");

	@ArchTest
	static final ArchRule every_package_is_null_marked = HouseRules.everyPackageIsNullMarked();

	@ArchTest
	static final ArchRule refusals_are_analyzed = HouseRules.refusalsAreAnalyzed();

	@ArchTest
	static final ArchRule nothing_takes_more_than_ten_values = HouseRules.fewParameters();

}
