/**
 * The parts that only a servlet application needs. A filter or a handler mapping picks
 * out the requests for the endpoints and passes them to the same handlers as in reactive
 * applications; another filter names the jobs that a request starts. Internal: public
 * only for the modules of this library, not an API.
 */
@NullMarked
package io.progress.sse.web.servlet;

import org.jspecify.annotations.NullMarked;
