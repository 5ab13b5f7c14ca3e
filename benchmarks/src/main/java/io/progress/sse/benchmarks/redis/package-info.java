/**
 * What the Redis store costs Redis, and how soon a watcher on another node sees what was
 * appended.
 */
@NullMarked
package io.progress.sse.benchmarks.redis;

import org.jspecify.annotations.NullMarked;
