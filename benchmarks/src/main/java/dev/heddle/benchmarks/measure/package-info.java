/** The types that the areas share: runs of JMH in pairs, times of Python, and the rows of the table. */
@NullMarked
package dev.heddle.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
