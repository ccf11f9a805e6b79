/** The cost of recording timelines. */
@NullMarked
package dev.heddle.benchmarks.timeline;

import org.jspecify.annotations.NullMarked;
