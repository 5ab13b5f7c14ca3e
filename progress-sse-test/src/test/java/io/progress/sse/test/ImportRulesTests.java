package io.progress.sse.test;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeJars;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import io.progress.sse.HouseRules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Who may import whom in this module.
 */
@AnalyzeClasses(packages = "io.progress.sse.test", importOptions = { DoNotIncludeTests.class, DoNotIncludeJars.class })
class ImportRulesTests {

	@ArchTest
	static final ArchRule the_test_kit_does_not_know_spring = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework..");

	@ArchTest
	static final ArchRule nothing_takes_more_than_ten_values = HouseRules.fewParameters();

	@ArchTest
	static final ArchRule every_package_is_null_marked = HouseRules.everyPackageIsNullMarked();

}
