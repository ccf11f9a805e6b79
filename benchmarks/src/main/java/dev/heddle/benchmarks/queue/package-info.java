/** Benchmarks of queues and pipelines beside those of the JDK. */
@NullMarked
package dev.heddle.benchmarks.queue;

import org.jspecify.annotations.NullMarked;
