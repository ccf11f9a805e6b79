/**
 * The view of a running program from outside: a registry of executors, pipelines and loops that are open, and the Flight
 * Recorder event by which {@code heddle ps} reads it. Shared by Heddle's own modules; not an API.
 */
@NullMarked
package dev.heddle.futures.live;

import org.jspecify.annotations.NullMarked;
