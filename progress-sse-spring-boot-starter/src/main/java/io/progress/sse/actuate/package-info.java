/**
 * The <em>endpoint</em> of Spring Boot's actuator that tells operators what this node
 * does.
 */
@NullMarked
package io.progress.sse.actuate;

import org.jspecify.annotations.NullMarked;
