package io.progress.sse.batch;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeJars;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import io.progress.sse.HouseRules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

/**
 * Who may import whom in this module.
 */
@AnalyzeClasses(packages = "io.progress.sse.batch", importOptions = { DoNotIncludeTests.class, DoNotIncludeJars.class })
class ImportRulesTests {

	private static final String ROOT = "io.progress.sse";

	@ArchTest
	static final ArchRule the_module_knows_spring_batch_and_the_api = classes().that()
		.haveSimpleNameNotContaining("AutoConfiguration")
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage("java..", "org.jspecify..", "org.slf4j..", "org.aopalliance..", "org.springframework.aop..",
				"org.springframework.batch..", "org.springframework.beans..", "org.springframework.context..",
				"org.springframework.core..", "org.springframework.util..",
				"org.springframework.boot.context.properties..", ROOT, ROOT + ".event..", ROOT + ".support..",
				ROOT + ".batch");

	@ArchTest
	static final ArchRule every_package_is_null_marked = HouseRules.everyPackageIsNullMarked();

	@ArchTest
	static final ArchRule nothing_takes_more_than_ten_values = HouseRules.fewParameters();

}
