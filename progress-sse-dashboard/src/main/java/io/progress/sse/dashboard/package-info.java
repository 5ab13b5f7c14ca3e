/**
 * The <em>dashboard</em>: pages that show all jobs to users who may list them. They are
 * files of this jar and use the same endpoints as the pages of the application.
 */
@NullMarked
package io.progress.sse.dashboard;

import org.jspecify.annotations.NullMarked;
