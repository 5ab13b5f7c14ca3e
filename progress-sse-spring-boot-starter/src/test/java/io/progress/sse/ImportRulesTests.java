package io.progress.sse;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeJars;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.AbstractClassesTransformer;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ClassesTransformer;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.all;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

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

	private static final String WEB = ROOT + ".web..";

	private static final String LIFECYCLE = ROOT + ".lifecycle..";

	private static final String DATA = ROOT + ".jackson..";

	private static final String WEBHOOK = ROOT + ".webhook..";

	private static final String SERVLET = ROOT + ".servlet..";

	private static final String SECURITY = ROOT + ".security..";

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

	/** For the event loop behind a connection; everything else is Spring's business. */
	private static final String NETTY = "io.netty.channel..";

	private static final String[] SPRING_WEBFLUX = { "org.springframework.web..", "org.springframework.http..",
			"jakarta.servlet.." };

	@ArchTest
	static final ArchRule advice_knows_core_and_spring_aop = classes().that()
		.resideInAPackage(AOP)
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage(join(GROUND, CORE, SPRING_CORE, SPRING_AOP, AOP))
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule streams_know_events_and_stores_but_not_the_front_door = classes().that()
		.resideInAPackage(STREAM)
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage(join(GROUND, EVENT, SUPPORT, STORE, JACKSON, BUFFERS, STREAM))
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule web_knows_core_and_streams = classes().that()
		.resideInAPackage(WEB)
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage(join(GROUND, CORE, STREAM, SPRING_CORE, SPRING_WEBFLUX, NETTY, WEB))
		.allowEmptyShould(true);

	/**
	 * Beside {@code .web}, which a reactive application must load without a servlet API.
	 */
	@ArchTest
	static final ArchRule servlets_know_core_and_web = classes().that()
		.resideInAPackage(SERVLET)
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage(join(GROUND, CORE, WEB, SPRING_CORE, SPRING_WEBFLUX, SERVLET))
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule lifecycle_knows_core_and_meters = classes().that()
		.resideInAPackage(LIFECYCLE)
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage(join(GROUND, CORE, SPRING_CORE, "io.micrometer.core..", LIFECYCLE))
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule data_mapping_knows_core_and_jackson = classes().that()
		.resideInAPackage(DATA)
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage(
				join(GROUND, CORE, JACKSON, "com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind..", DATA))
		.allowEmptyShould(true);

	/** Beside {@code .web}, which must work where there is no Spring Security. */
	@ArchTest
	static final ArchRule security_knows_web_and_spring_security = classes().that()
		.resideInAPackage(SECURITY)
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage(join(GROUND, ROOT, EVENT, WEB, SERVLET, SPRING_CORE, SPRING_WEBFLUX,
				"org.springframework.security..", SECURITY))
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule webhooks_know_core_formats_and_an_http_client = classes().that()
		.resideInAPackage(WEBHOOK)
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage(join(GROUND, "javax.crypto..", "javax.net.ssl..", CORE, STREAM, "io.netty.buffer..",
				"io.netty.handler.codec.http..", WEBHOOK))
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule nobody_imports_wiring = noClasses().that()
		.resideOutsideOfPackage("..autoconfigure..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.progress.sse..autoconfigure..")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule every_package_is_null_marked = all(packages()).should(beNullMarked());

	private static String[] join(Object... packages) {
		return Stream.of(packages)
			.flatMap((each) -> (each instanceof String[] several) ? Stream.of(several) : Stream.of((String) each))
			.toArray(String[]::new);
	}

	private static ClassesTransformer<JavaPackage> packages() {
		return new AbstractClassesTransformer<>("packages with classes") {
			@Override
			public Iterable<JavaPackage> doTransform(JavaClasses classes) {
				return classes.stream().map(JavaClass::getPackage).collect(Collectors.toSet());
			}
		};
	}

	private static ArchCondition<JavaPackage> beNullMarked() {
		return new ArchCondition<>("have a package-info that is @NullMarked") {
			@Override
			public void check(JavaPackage item, ConditionEvents events) {
				boolean marked = item.isAnnotatedWith(NullMarked.class);
				events.add(new SimpleConditionEvent(item, marked,
						item.getName() + (marked ? " is" : " is not") + " @NullMarked"));
			}
		};
	}

}
