package io.progress.sse;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeJars;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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

	private static final HouseRules RULES = new HouseRules("");

	@ArchTest
	static final ArchRule events_know_only_java = RULES.only(EVENT, (Object) JAVA);

	@ArchTest
	static final ArchRule small_tools_know_only_libraries = RULES.only(SUPPORT, JAVA, REACTOR, SLF4J);

	@ArchTest
	static final ArchRule the_api_knows_events_only = RULES.only(ROOT, JAVA, REACTOR, SLF4J, CONTEXT_PROPAGATION, EVENT,
			SUPPORT);

	@ArchTest
	static final ArchRule stores_know_events = RULES.only(STORE, JAVA, REACTOR, EVENT, SUPPORT);

	@ArchTest
	static final ArchRule the_store_in_memory_knows_its_contract = RULES.only(MEMORY, JAVA, REACTOR, SLF4J, EVENT,
			SUPPORT, STORE);

	@ArchTest
	static final ArchRule tails_know_stores = RULES.only(TAIL, JAVA, REACTOR, SLF4J, EVENT, SUPPORT, STORE);

	@ArchTest
	static final ArchRule tickets_know_jobs_by_id = RULES.only(TICKET, JAVA, REACTOR, EVENT, SUPPORT);

	@ArchTest
	static final ArchRule the_engine_knows_what_it_runs = RULES.only(ENGINE, JAVA, REACTOR, SLF4J, CONTEXT_PROPAGATION,
			EVENT, SUPPORT, STORE, TAIL, ROOT);

	@ArchTest
	static final ArchRule nothing_takes_more_than_ten_values = HouseRules.fewParameters();

	@ArchTest
	static final ArchRule every_package_is_null_marked = HouseRules.everyPackageIsNullMarked();

}
