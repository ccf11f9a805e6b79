/** Meters that count tasks as they end: counts, reports, and iterators that are counted. */
@NullMarked
package dev.heddle.futures.progress;

import org.jspecify.annotations.NullMarked;
