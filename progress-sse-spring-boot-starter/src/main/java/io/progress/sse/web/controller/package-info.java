/**
 * Types for the application's own controllers: <em>streams</em> of a job's events, jobs
 * that are <em>started and streamed</em> by one request, downloads that are counted.
 */
@NullMarked
package io.progress.sse.web.controller;

import org.jspecify.annotations.NullMarked;
