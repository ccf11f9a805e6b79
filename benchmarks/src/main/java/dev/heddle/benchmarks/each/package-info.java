/** Benchmarks of the command {@code heddle each} beside xargs and GNU parallel. */
@NullMarked
package dev.heddle.benchmarks.each;

import org.jspecify.annotations.NullMarked;
