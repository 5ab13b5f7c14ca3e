/**
 * A plain Spring MVC application: <em>users</em> have <em>books</em> printed and watch.
 */
@NullMarked
package io.progress.sse.sample.mvc;

import org.jspecify.annotations.NullMarked;
