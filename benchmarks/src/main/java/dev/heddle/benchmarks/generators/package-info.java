/** Benchmarks of generators beside loops, and iterators of Kotlin and Python. */
@NullMarked
package dev.heddle.benchmarks.generators;

import org.jspecify.annotations.NullMarked;
