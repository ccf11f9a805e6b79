/** Meters of executors, pipelines and event loops for Micrometer, and context that reaches their tasks. */
@NullMarked
package dev.heddle.micrometer;

import org.jspecify.annotations.NullMarked;
