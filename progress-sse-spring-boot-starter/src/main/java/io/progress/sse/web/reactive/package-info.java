/**
 * The parts that only a reactive application needs: filters and the types that annotated
 * controllers may take and return. Internal: public only for the modules of this library,
 * not an API.
 */
@NullMarked
package io.progress.sse.web.reactive;

import org.jspecify.annotations.NullMarked;
