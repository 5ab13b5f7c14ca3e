/**
 * The endpoints in the OpenAPI description of an application that has springdoc.
 * {@code docs/openapi.yaml} describes them all, with their default paths; here it is
 * fitted to the settings.
 */
@NullMarked
package io.progress.sse.web.openapi;

import org.jspecify.annotations.NullMarked;
