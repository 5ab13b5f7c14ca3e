package io.progress.sse.redis;

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
@AnalyzeClasses(packages = "io.progress.sse.redis", importOptions = { DoNotIncludeTests.class, DoNotIncludeJars.class })
class ImportRulesTests {

	private static final String ROOT = "io.progress.sse";

	private static final String REDIS = ROOT + ".redis";

	private static final String CONNECTION = REDIS + ".connection";

	private static final String PUBSUB = REDIS + ".pubsub";

	private static final String WIRING = ".*(AutoConfiguration.*|RedisProgressProperties|RedisLifecycle|RedisStartupCheck|RedisProgressHealthIndicator|RedisProgressRuntimeHints)";

	private static final String SUPPORT = ROOT + ".support";

	private static final String[] CORE = { ROOT + ".event..", ROOT + ".store..", ROOT + ".ticket..",
			ROOT + ".webhook" };

	private static final String[] GROUND = { "java..", "org.jspecify..", "org.slf4j..", "reactor..",
			"org.reactivestreams.." };

	private static final String[] JACKSON = { "tools.jackson.core.." };

	private static final String[] SPRING_DATA_REDIS = { "org.springframework.data..", "io.lettuce..", "io.netty..",
			"org.springframework.core..", "org.springframework.dao..", "org.springframework.util.." };

	@ArchTest
	static final ArchRule connections_know_libraries_only = only(CONNECTION, GROUND, SPRING_DATA_REDIS);

	@ArchTest
	static final ArchRule subscriptions_know_connections = only(PUBSUB, GROUND, SPRING_DATA_REDIS, SUPPORT, CONNECTION);

	@ArchTest
	static final ArchRule the_store_knows_its_contract_and_redis = only(REDIS, GROUND, CORE, SUPPORT, SPRING_DATA_REDIS,
			JACKSON, CONNECTION, PUBSUB);

	@ArchTest
	static final ArchRule wiring_knows_other_wiring_but_no_other_innards = noClasses().that()
		.haveNameMatching(WIRING)
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage(ROOT + ".aop..", ROOT + ".stream..", ROOT + ".web..")
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule nobody_imports_wiring = noClasses().that()
		.haveNameNotMatching(WIRING)
		.should()
		.dependOnClassesThat()
		.haveNameMatching(WIRING)
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule every_package_is_null_marked = all(packages()).should(beNullMarked());

	private static ArchRule only(String from, Object... known) {
		return classes().that()
			.resideInAPackage(from)
			.and()
			.haveNameNotMatching(WIRING)
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(join(from, join(known)));
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
