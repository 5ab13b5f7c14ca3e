package io.progress.sse;

import java.util.stream.Stream;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeJars;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.all;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Who may import whom in this module.
 */
@AnalyzeClasses(packages = "io.progress.sse", importOptions = { DoNotIncludeTests.class, DoNotIncludeJars.class })
class ImportRulesTests {

	private static final String ROOT = "io.progress.sse";

	private static final String EVENT = ROOT + ".event..";

	private static final String SUPPORT = ROOT + ".support..";

	private static final String STORE = ROOT + ".store..";

	private static final String AOP = ROOT + ".aop..";

	private static final String STREAM = ROOT + ".stream..";

	private static final String ACCESS = ROOT + ".web.access..";

	private static final String TICKET = ROOT + ".web.ticket..";

	/** The endpoints and all that the application's controllers use. */
	private static final String[] WEB = { ROOT + ".web", ACCESS, TICKET, ROOT + ".web.controller.." };

	private static final String LIFECYCLE = ROOT + ".lifecycle..";

	private static final String DATA = ROOT + ".jackson..";

	private static final String OBSERVATION = ROOT + ".observation..";

	private static final String[] MICROMETER = { "io.micrometer.common..", "io.micrometer.observation.." };

	private static final String SERVLET = ROOT + ".web.servlet..";

	private static final String REACTIVE = ROOT + ".web.reactive..";

	private static final String OPENAPI = ROOT + ".web.openapi..";

	private static final String SECURITY = ROOT + ".security..";

	private static final String ACTUATE = ROOT + ".actuate..";

	private static final String[] CORE = { ROOT, EVENT, SUPPORT, STORE };

	private static final String[] GROUND = { "java..", "org.jspecify..", "org.slf4j..", "reactor..",
			"org.reactivestreams.." };

	private static final String JACKSON = "tools.jackson..";

	private static final String BUFFERS = "org.springframework.core.io.buffer..";

	private static final String[] SPRING_CORE = { "org.springframework.beans..", "org.springframework.context..",
			"org.springframework.core..", "org.springframework.expression..", "org.springframework.util.." };

	private static final String[] SPRING_AOP = { "org.springframework.aop..", "org.aopalliance..",
			"org.springframework.transaction.support..", "org.springframework.validation.beanvalidation..",
			"org.springframework.security.access.prepost..", "org.springframework.security.authorization.method..",
			"org.springframework.http", "org.springframework.web.servlet.mvc.method.annotation" };

	/** For the records whose components are keys of the configuration. */
	private static final String[] SETTINGS = { "org.springframework.boot.context.properties..",
			"org.springframework.util.unit.." };

	/** For the event loop behind a connection; everything else is Spring's business. */
	private static final String NETTY = "io.netty.channel..";

	private static final String[] SPRING_WEB = { "org.springframework.web..", "org.springframework.http.." };

	/** Wiring may know what it wires. */
	private static final HouseRules RULES = new HouseRules(
			".*(AutoConfiguration|Properties|Defaults|AutoProxyRegistrar|MvcAtRoot|RuntimeHints|AotProcessor).*");

	@ArchTest
	static final ArchRule advice_knows_core_and_spring_aop = RULES.only(AOP, GROUND, CORE, SPRING_CORE, SPRING_AOP,
			AOP);

	@ArchTest
	static final ArchRule streams_know_events_and_stores_but_not_the_front_door = classes().that()
		.resideInAPackage(STREAM)
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage(join(GROUND, SETTINGS, EVENT, SUPPORT, STORE, ROOT + ".tail..", JACKSON, BUFFERS, STREAM))
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule access_knows_jobs = RULES.only(ACCESS, GROUND, CORE, SPRING_CORE, SPRING_WEB, ACCESS);

	@ArchTest
	static final ArchRule tickets_know_callers = RULES.only(TICKET, GROUND, SETTINGS, CORE, ROOT + ".ticket..", ACCESS,
			TICKET);

	@ArchTest
	static final ArchRule the_words_of_streams_know_events_and_stores = RULES.only(ROOT + ".stream", GROUND, SETTINGS,
			EVENT, SUPPORT, STORE, ROOT + ".stream");

	@ArchTest
	static final ArchRule frames_know_no_formats = noClasses().that()
		.resideInAPackage(ROOT + ".stream.frame")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(ROOT + ".stream.format", ROOT + ".stream.feed", ROOT + ".stream.admission");

	@ArchTest
	static final ArchRule formats_know_no_feeds = noClasses().that()
		.resideInAPackage(ROOT + ".stream.format")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(ROOT + ".stream.feed", ROOT + ".stream.admission");

	@ArchTest
	static final ArchRule feeds_know_no_admission = noClasses().that()
		.resideInAPackage(ROOT + ".stream.feed")
		.should()
		.dependOnClassesThat()
		.resideInAPackage(ROOT + ".stream.admission");

	@ArchTest
	static final ArchRule web_knows_core_and_streams = RULES.only(WEB, GROUND, SETTINGS, CORE, ROOT + ".ticket..",
			STREAM, SPRING_CORE, SPRING_WEB, NETTY, MICROMETER, WEB);

	@ArchTest
	static final ArchRule reactive_parts_know_web = RULES.only(REACTIVE, GROUND, CORE, STREAM, SPRING_CORE, SPRING_WEB,
			WEB, REACTIVE);

	@ArchTest
	static final ArchRule the_openapi_description_knows_settings = RULES.only(OPENAPI, GROUND, ROOT, WEB, SPRING_CORE,
			SPRING_WEB, "org.springframework.aot.hint..", "org.springdoc.core.customizers..", "io.swagger.v3..",
			"com.fasterxml.jackson.databind..", OPENAPI);

	@ArchTest
	static final ArchRule servlet_parts_know_web_and_servlets = RULES.only(SERVLET, GROUND, CORE, WEB, SPRING_CORE,
			SPRING_WEB, "jakarta.servlet..", SERVLET);

	@ArchTest
	static final ArchRule application_events_know_events = RULES.only(LIFECYCLE, "java..", "org.jspecify..", EVENT,
			LIFECYCLE);

	@ArchTest
	static final ArchRule observations_know_jobs_and_micrometer = RULES.only(OBSERVATION, GROUND, ROOT, EVENT,
			ROOT + ".engine..", MICROMETER, OBSERVATION);

	@ArchTest
	static final ArchRule data_mapping_knows_core_and_jackson = RULES.only(DATA, GROUND, CORE, JACKSON,
			"com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind..", "org.springframework.util.function..",
			DATA);

	@ArchTest
	static final ArchRule the_actuator_endpoint_knows_jobs_and_streams = RULES.only(ACTUATE, GROUND, CORE, STREAM,
			"org.springframework.boot.actuate.endpoint..", ACTUATE);

	/** Beside {@code .web}, which must work where there is no Spring Security. */
	@ArchTest
	static final ArchRule security_knows_web_and_spring_security = RULES.only(SECURITY, GROUND, ROOT, EVENT, WEB,
			SERVLET, SPRING_CORE, SPRING_WEB, "jakarta.servlet..", "org.springframework.security..", SECURITY);

	@ArchTest
	static final ArchRule nobody_imports_wiring = noClasses().that()
		.resideOutsideOfPackage("..autoconfigure..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.progress.sse..autoconfigure..")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule refusals_are_analyzed = HouseRules.refusalsAreAnalyzed();

	@ArchTest
	static final ArchRule nothing_takes_more_than_ten_values = HouseRules.fewParameters();

	@ArchTest
	static final ArchRule every_package_is_null_marked = HouseRules.everyPackageIsNullMarked();

	@ArchTest
	static final ArchRule packages_are_acyclic = slices().matching("io.progress.sse.(**)").should().beFreeOfCycles();

	private static String[] join(Object... packages) {
		return Stream.of(packages)
			.flatMap((each) -> (each instanceof String[] several) ? Stream.of(several) : Stream.of((String) each))
			.toArray(String[]::new);
	}

}
