/**
 * The <em>dashboard</em>: pages that show all jobs to those who may list them. They are
 * files of this jar, and ask the same endpoints as the pages of the application.
 */
@NullMarked
package io.progress.sse.dashboard;

import org.jspecify.annotations.NullMarked;
