/** Benchmarks of {@code heddle-subprocess} beside {@link ProcessBuilder}. */
@NullMarked
package dev.heddle.benchmarks.subprocess;

import org.jspecify.annotations.NullMarked;
