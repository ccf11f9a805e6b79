/** Iterators that compute their elements: ranges, counts, repetitions and repeated calls. */
@NullMarked
package dev.heddle.iter.sources;

import org.jspecify.annotations.NullMarked;
