/**
 * The <em>endpoint</em> of Spring Boot's actuator that shows operators the state of this
 * node.
 */
@NullMarked
package io.progress.sse.actuate;

import org.jspecify.annotations.NullMarked;
