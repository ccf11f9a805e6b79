/** Benchmarks of {@code heddle-futures} beside the executors of the JDK. */
@NullMarked
package dev.heddle.benchmarks.futures;

import org.jspecify.annotations.NullMarked;
