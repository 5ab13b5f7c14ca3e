/**
 * Compares the OpenAPI description of the endpoints with what they answer, and with what
 * springdoc publishes.
 */
@NullMarked
package io.progress.sse.openapitests;

import org.jspecify.annotations.NullMarked;
