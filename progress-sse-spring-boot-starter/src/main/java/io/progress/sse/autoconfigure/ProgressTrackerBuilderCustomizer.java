package io.progress.sse.autoconfigure;

import io.progress.sse.engine.ProgressTrackerBuilder;

/**
 * Changes settings of the auto-configured tracker. All beans of this type are called, in
 * their order, after properties and other beans have been applied, so they have the last
 * word.
 */
@FunctionalInterface
public interface ProgressTrackerBuilderCustomizer {

	/**
	 * Changes settings. Called once, on the thread that starts the application.
	 * @param builder the settings so far
	 */
	void customize(ProgressTrackerBuilder builder);

}
