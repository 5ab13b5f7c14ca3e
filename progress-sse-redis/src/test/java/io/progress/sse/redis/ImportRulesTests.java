package io.progress.sse.redis;

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

	private static final HouseRules RULES = new HouseRules(WIRING);

	@ArchTest
	static final ArchRule connections_know_libraries_only = RULES.only(CONNECTION, GROUND, SPRING_DATA_REDIS);

	@ArchTest
	static final ArchRule subscriptions_know_connections = RULES.only(PUBSUB, GROUND, SPRING_DATA_REDIS, SUPPORT,
			CONNECTION);

	@ArchTest
	static final ArchRule the_store_knows_its_contract_and_redis = RULES.only(REDIS, GROUND, CORE, SUPPORT,
			SPRING_DATA_REDIS, JACKSON, CONNECTION, PUBSUB);

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
	static final ArchRule refusals_are_analyzed = HouseRules.refusalsAreAnalyzed();

	@ArchTest
	static final ArchRule nothing_takes_more_than_ten_values = HouseRules.fewParameters();

	@ArchTest
	static final ArchRule every_package_is_null_marked = HouseRules.everyPackageIsNullMarked();

}
