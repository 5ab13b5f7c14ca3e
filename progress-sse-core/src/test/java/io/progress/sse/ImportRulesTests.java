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

/**
 * Who may import whom in this module.
 */
@AnalyzeClasses(packages = "io.progress.sse", importOptions = { DoNotIncludeTests.class, DoNotIncludeJars.class })
class ImportRulesTests {

	private static final String ROOT = "io.progress.sse";

	private static final String EVENT = ROOT + ".event";

	private static final String SUPPORT = ROOT + ".support";

	private static final String STORE = ROOT + ".store";

	private static final String MEMORY = STORE + ".memory";

	private static final String TAIL = ROOT + ".tail";

	private static final String TICKET = ROOT + ".ticket";

	private static final String ENGINE = ROOT + ".engine";

	private static final String[] JAVA = { "java..", "org.jspecify.." };

	private static final String[] REACTOR = { "reactor..", "org.reactivestreams.." };

	private static final String SLF4J = "org.slf4j..";

	private static final String CONTEXT_PROPAGATION = "io.micrometer.context..";

	@ArchTest
	static final ArchRule events_know_only_java = only(EVENT, (Object) JAVA);

	@ArchTest
	static final ArchRule small_tools_know_only_libraries = only(SUPPORT, JAVA, REACTOR, SLF4J);

	@ArchTest
	static final ArchRule the_api_knows_events_only = only(ROOT, JAVA, REACTOR, SLF4J, CONTEXT_PROPAGATION, EVENT,
			SUPPORT);

	@ArchTest
	static final ArchRule stores_know_events = only(STORE, JAVA, REACTOR, EVENT, SUPPORT);

	@ArchTest
	static final ArchRule the_store_in_memory_knows_its_contract = only(MEMORY, JAVA, REACTOR, SLF4J, EVENT, SUPPORT,
			STORE);

	@ArchTest
	static final ArchRule tails_know_stores = only(TAIL, JAVA, REACTOR, SLF4J, EVENT, SUPPORT, STORE);

	@ArchTest
	static final ArchRule tickets_know_jobs_by_id = only(TICKET, JAVA, REACTOR, EVENT, SUPPORT);

	@ArchTest
	static final ArchRule the_engine_knows_what_it_runs = only(ENGINE, JAVA, REACTOR, SLF4J, CONTEXT_PROPAGATION, EVENT,
			SUPPORT, STORE, TAIL, ROOT);

	@ArchTest
	static final ArchRule every_package_is_null_marked = all(packages()).should(beNullMarked());

	private static ArchRule only(String from, Object... known) {
		String[] packages = join(known);
		return classes().that()
			.resideInAPackage(from)
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(join(from, packages));
	}

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
