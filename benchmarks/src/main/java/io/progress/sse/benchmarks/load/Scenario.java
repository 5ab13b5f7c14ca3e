package io.progress.sse.benchmarks.load;

/**
 * A situation that servers are compared in. Prints what it finds.
 */
interface Scenario {

	String title();

	void run(LoadClient client, LoadOptions options) throws Exception;

}
