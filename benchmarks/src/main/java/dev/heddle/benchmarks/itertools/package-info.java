/** Benchmarks of the stages of {@code heddle-iter} beside loops, iterators written by hand, and Python. */
@NullMarked
package dev.heddle.benchmarks.itertools;

import org.jspecify.annotations.NullMarked;
